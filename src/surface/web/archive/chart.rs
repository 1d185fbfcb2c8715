//! Figures over time as a drawing made here: a point for each "12,4%" at the end of its period, a line through the median
//! of each period. The same numbers stand in the table below it, so nobody needs to see it.

use maud::{Markup, html};

use super::super::shell::Shell;
use super::super::words::plain;
use crate::sink::sqlite::archive::Shown;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 300.0;
const LEFT: f64 = 84.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 34.0;

/// Days from the first day of the year 1, good enough for a place on a line.
fn at(day: &str) -> Option<f64> {
    let day: jiff::civil::Date = day.get(..10)?.parse().ok()?;
    Some(f64::from(day.year()) + f64::from(day.day_of_year()) / 366.0)
}

/// The points that have a moment.
fn points(figures: &[Shown]) -> Vec<(f64, f64, &Shown)> {
    let mut points: Vec<_> = figures
        .iter()
        .filter_map(|shown| Some((at(shown.to.as_deref()?)?, shown.real, shown)))
        .filter(|(_, value, _)| value.is_finite())
        .collect();
    points.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    points
}

/// The median of each moment.
fn medians(points: &[(f64, f64, &Shown)]) -> Vec<(f64, f64)> {
    points.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()).map(|group| (group[0].0, group[group.len() / 2].1)).collect()
}

/// A number with few digits for an axis: 1340000000000 is "1,34 nghìn tỷ".
fn short(value: f64) -> String {
    let (scaled, word) = match value.abs() {
        size if size >= 1e12 => (value / 1e12, " nghìn tỷ"),
        size if size >= 1e9 => (value / 1e9, " tỷ"),
        size if size >= 1e6 => (value / 1e6, " triệu"),
        _ => (value, ""),
    };
    let digits =
        if scaled.abs() >= 100.0 || scaled.fract() == 0.0 { format!("{scaled:.0}") } else { format!("{scaled:.2}") };
    let digits = if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
    } else {
        digits
    };
    format!("{digits}{word}")
}

/// The chart of figures of one property; nothing with fewer than two moments.
pub(super) fn chart(shell: &Shell, title: &str, figures: &[Shown]) -> Markup {
    let points = points(figures);
    let line = medians(&points);
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return html! {} };
    if line.len() < 2 {
        return html! {};
    }
    let low = points.iter().map(|point| point.1).fold(0.0, f64::min);
    let high = points.iter().map(|point| point.1).fold(f64::MIN_POSITIVE, f64::max);
    let x = |moment: f64| LEFT + (moment - first.0) / (last.0 - first.0) * (WIDTH - LEFT - RIGHT);
    let y = |value: f64| HEIGHT - BOTTOM - (value - low) / (high - low) * (HEIGHT - TOP - BOTTOM);
    let path: String = line
        .iter()
        .enumerate()
        .map(|(n, (moment, value))| format!("{}{:.1} {:.1}", if n == 0 { "M" } else { " L" }, x(*moment), y(*value)))
        .collect();
    let lowest = points.iter().map(|point| point.1).fold(f64::INFINITY, f64::min);
    let told = format!(
        "{} {}, {} {} – {}, {} {} – {}",
        points.len(),
        shell.t("chart.points"),
        shell.t("chart.years"),
        first.0.floor(),
        last.0.floor(),
        shell.t("chart.values"),
        short(lowest),
        short(high)
    );
    let years = ticks(first.0, last.0);
    html! {
        figure.chart {
            svg xmlns="http://www.w3.org/2000/svg" viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) width="100%" role="img" aria-labelledby="chart-title chart-told" {
                title #chart-title { (plain(title)) }
                desc #chart-told { (told) }
                @for step in 0..=4 {
                    @let value = low + (high - low) * f64::from(step) / 4.0;
                    @let height = format!("{:.1}", y(value));
                    line x1=(LEFT) x2=(WIDTH - RIGHT) y1=(height) y2=(height) stroke="#d8d5cc" stroke-width="1" {}
                    text x=(LEFT - 8.0) y=(format!("{:.1}", y(value) + 4.0)) text-anchor="end" font-size="12" fill="#51606e" { (short(value)) }
                }
                @for year in years {
                    @let place = format!("{:.1}", x(year).clamp(LEFT, WIDTH - RIGHT));
                    line x1=(place) x2=(place) y1=(HEIGHT - BOTTOM) y2=(HEIGHT - BOTTOM + 5.0) stroke="#51606e" {}
                    text x=(place) y=(HEIGHT - BOTTOM + 20.0) text-anchor="middle" font-size="12" fill="#51606e" { (format!("{:.0}", year.floor())) }
                }
                path d=(path) fill="none" stroke="#14395b" stroke-width="2" {}
                @for (moment, value, shown) in points.iter().take(600) {
                    circle cx=(format!("{:.1}", x(*moment))) cy=(format!("{:.1}", y(*value))) r="4" fill="#14395b" stroke="#ffffff" {
                        title { (plain(&shown.text)) " – " (plain(shown.period.as_deref().unwrap_or_default())) " – " (plain(shown.title.as_deref().unwrap_or(&shown.article))) }
                    }
                }
            }
            figcaption.faint { (told) ". " (shell.t("chart.same")) }
        }
    }
}

/// The ends of some years between two moments.
fn ticks(first: f64, last: f64) -> Vec<f64> {
    let (from, to) = (first.floor(), last.floor());
    let step = ((to - from) / 8.0).ceil().max(1.0);
    let mut ticks = Vec::new();
    let mut year = from;
    while year <= to {
        ticks.push(year + 0.999);
        year += step;
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::lang::Lang;

    fn figure(to: &str, real: f64, text: &str) -> Shown {
        Shown {
            article: "a".to_owned(),
            claim: "c-1".to_owned(),
            text: text.to_owned(),
            kind: "count".to_owned(),
            value: real.to_string(),
            real,
            unit: "hộ".to_owned(),
            entity_id: None,
            entity: None,
            property: None,
            period: Some("năm".to_owned()),
            to: Some(to.to_owned()),
            verdict: None,
            sentence: String::new(),
            title: None,
            published: None,
        }
    }

    fn shell() -> Shell {
        Shell { lang: Lang::Vi, here: "/".to_owned(), database: None }
    }

    #[test]
    fn a_chart_has_a_name_a_description_and_a_point_for_each_figure() {
        let figures =
            [figure("2021-12-31", 48.0, "48"), figure("2022-12-31", 52.0, "52"), figure("2022-12-31", 50.0, "50")];
        let svg = chart(&shell(), "hộ nghèo <b>", &figures).into_string();
        assert!(svg.contains("<title id=\"chart-title\">hộ nghèo &lt;b&gt;</title>"), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 3);
        assert!(svg.contains("<desc id=\"chart-told\">3 "), "{svg}");
        assert!(!svg.contains("NaN") && !svg.contains("style="), "{svg}");
    }

    #[test]
    fn one_moment_is_no_course() {
        assert_eq!(
            chart(&shell(), "a", &[figure("2021-12-31", 1.0, "1"), figure("2021-12-31", 2.0, "2")]).into_string(),
            ""
        );
        assert_eq!(chart(&shell(), "a", &[]).into_string(), "");
    }

    #[test]
    fn an_axis_is_read_at_a_glance() {
        for (value, want) in [
            (1.34e12, "1,34 nghìn tỷ"),
            (2.5e9, "2,5 tỷ"),
            (1_250_000.0, "1,25 triệu"),
            (48.0, "48"),
            (0.5, "0,5"),
            (100.0, "100"),
        ] {
            assert_eq!(short(value), want);
        }
    }
}
