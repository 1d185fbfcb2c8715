//! Invented archives for the review of records: articles of our own about provinces, companies, hospitals and bridges,
//! with contradictions planted in them ("đạt 6.271 tỷ đồng" here, "6.217 tỷ đồng" there) and pairs that only look
//! like them. The same seed gives the same archive, byte for byte.

use std::collections::HashSet;

/// One invented article.
#[derive(Debug, Clone)]
pub struct Piece {
    pub id: String,
    pub published: String,
    pub title: String,
    pub text: String,
}

/// Two articles of which something is known.
#[derive(Debug, Clone)]
pub struct Pair {
    /// `contradiction`, or the class of the near-miss.
    pub class: &'static str,
    pub ids: [String; 2],
    /// The figures as they are written.
    pub texts: [String; 2],
    pub topic: String,
    /// What the first article says, as numbers: the row of a reference file.
    pub fact: Fact,
}

/// One thing that an article says.
#[derive(Debug, Clone)]
pub struct Fact {
    pub entity: String,
    pub thing: String,
    pub period: String,
    /// In steps of the last digit.
    pub value: u64,
    pub decimals: u32,
    pub unit: String,
}

/// An archive with what was planted in it.
#[derive(Debug, Default)]
pub struct Archive {
    pub pieces: Vec<Piece>,
    pub pairs: Vec<Pair>,
}

/// Near-misses of an archive of the bar: class and how many.
pub const NEAR: [(&str, usize); 8] = [
    ("rounded", 30),
    ("revision", 30),
    ("moment", 25),
    ("cumulative", 20),
    ("change", 25),
    ("target", 25),
    ("part", 25),
    ("place", 20),
];

const UNITS: &str = include_str!("../../src/claim/link/gazetteer/units_old.tsv");
const FIRST: [&str; 24] = [
    "Hòa", "Trà", "Đăk", "Sông", "Phú", "Tân", "Bình", "Long", "Nậm", "Mường", "Ia", "Vĩnh", "An", "Xuân", "Đại",
    "Hưng", "Sơn", "Thạch", "Kim", "Lâm", "Quế", "Thanh", "Bản", "Yên",
];
const SECOND: [&str; 24] = [
    "Khê",
    "Vân",
    "Lạc",
    "Giang",
    "Thượng",
    "Mỹ",
    "Rơn",
    "Ngần",
    "Điền",
    "Bản",
    "Cát",
    "Trạch",
    "Lĩnh",
    "Tơ",
    "Hạ",
    "Phong",
    "Sa",
    "Đông",
    "Mai",
    "Liên",
    "Thủy",
    "Đài",
    "Sim",
    "Quang",
];

struct Topic {
    name: &'static str,
    who: &'static str,
    when: &'static str,
    least: u64,
    greatest: u64,
    decimals: u32,
    unit: &'static str,
    thing: &'static str,
    part: &'static str,
    phrases: Vec<&'static str>,
}

struct Who {
    /// As it is named in a sentence, small.
    short: String,
    /// What the article says once, so that a reader knows where this is; may be empty.
    lead: String,
    /// A shorter way to name it.
    bare: Option<String>,
}

struct When {
    words: String,
    /// Day number of its end, from 1 January 2000.
    end: i64,
}

/// Makes an archive.
pub struct Maker {
    state: u64,
    topics: Vec<Topic>,
    frames: Vec<(&'static str, &'static str)>,
    used: HashSet<String>,
    provinces: Vec<(String, String)>,
    districts: Vec<(String, String)>,
    made: usize,
    /// Whether one thing may be said twice: a large archive that repeats itself.
    pub loose: bool,
    out: Archive,
}

/// The rows of a table of this folder.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split('\t').collect())
}

impl Maker {
    /// With the phrasings of `half`: "read" or "kept".
    pub fn new(half: &str, seed: u64) -> Self {
        let phrases: Vec<Vec<&str>> = rows(include_str!("phrases.tsv")).filter(|row| row[1] == half).collect();
        let topics = rows(include_str!("topics.tsv"))
            .filter(|row| (row[1] == half || row[1] == "both") && phrases.iter().any(|phrase| phrase[0] == row[0]))
            .map(|row| Topic {
                name: row[0],
                who: row[2],
                when: row[3],
                least: row[4].parse().unwrap(),
                greatest: row[5].parse().unwrap(),
                decimals: row[6].parse().unwrap(),
                unit: row[7],
                thing: row[8],
                part: row[9],
                phrases: phrases.iter().filter(|phrase| phrase[0] == row[0]).map(|phrase| phrase[2]).collect(),
            })
            .collect();
        let frames =
            rows(include_str!("frames.tsv")).filter(|row| row[1] == half).map(|row| (row[0], row[2])).collect();
        let units: Vec<(&str, &str)> = UNITS
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .map(|(code, rest)| (code, rest.split('\t').next().unwrap()))
            .collect();
        let named = |digits: usize| units.iter().filter(move |(code, _)| code.len() == digits);
        let provinces: Vec<(String, String)> = named(2).map(|(code, name)| ((*code).to_owned(), small(name))).collect();
        let mut districts = Vec::new();
        let mut over = String::new();
        for (code, name) in &units {
            match code.len() {
                2 => over = small(name),
                3 if !name.starts_with("Quận") && !name.contains(char::is_numeric) => {
                    districts.push((small(name), over.clone()));
                }
                _ => {}
            }
        }
        Self {
            state: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1,
            topics,
            frames,
            used: HashSet::new(),
            provinces,
            districts,
            made: 0,
            loose: false,
            out: Archive::default(),
        }
    }

    fn next(&mut self, below: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 11) % below
    }

    fn one<T: Clone>(&mut self, list: &[T]) -> T {
        let at = self.next(list.len() as u64) as usize;
        list[at].clone()
    }

    fn frame(&mut self, kind: &str) -> &'static str {
        let fit: Vec<&'static str> =
            self.frames.iter().filter(|(name, _)| *name == kind).map(|(_, sentence)| *sentence).collect();
        self.one(&fit)
    }

    fn name(&mut self) -> String {
        let (first, second) = (self.one(&FIRST), self.one(&SECOND));
        format!("{first} {second}")
    }

    fn who(&mut self, class: &str) -> Who {
        let plain = |short: String, lead: String| Who { short, lead, bare: None };
        match class {
            "province" => {
                let (_, name) = self.one(&self.provinces.clone());
                let bare = name.strip_prefix("tỉnh ").map(str::to_owned);
                Who { short: name, lead: String::new(), bare }
            }
            "district" => {
                let (name, over) = self.one(&self.districts.clone());
                plain(name.clone(), format!("Cuộc họp diễn ra tại {name}, {over}."))
            }
            "commune" => {
                let (district, over) = self.one(&self.districts.clone());
                let name = format!("xã {}", self.name());
                plain(name.clone(), format!("Đoàn công tác đã đến thăm {name} ({district}, {over})."))
            }
            "company" => {
                let trade = self.one(&["Thép", "Dệt may", "Gạch men", "Thủy sản", "Địa ốc", "Cao su"]);
                let name = self.name();
                plain(format!("Công ty Cổ phần {trade} {name}"), String::new())
            }
            "hospital" => plain(format!("Bệnh viện Đa khoa {}", self.name()), String::new()),
            "bridge" => plain(format!("cầu {}", self.name()), String::new()),
            "road" => plain(format!("cao tốc {} - {}", self.name(), self.name()), String::new()),
            "university" => plain(format!("Trường Đại học {}", self.name()), String::new()),
            "nation" => {
                Who { short: "Việt Nam".to_owned(), lead: String::new(), bare: Some("cả nước".to_owned()) }
            }
            _ => {
                let what = self.one(&["dự án hồ chứa nước", "dự án đường vành đai", "dự án khu công nghiệp"]);
                plain(format!("{what} {}", self.name()), String::new())
            }
        }
    }

    fn when(&mut self, class: &str) -> When {
        let year = if self.loose { 1960 + self.next(64) as i64 } else { 2017 + self.next(7) as i64 };
        let day = |month: i64, day: i64| days(year, month, day);
        match class {
            "year" => When { words: format!("năm {year}"), end: day(12, 31) },
            "months" => match self.next(4) {
                0 => When { words: format!("6 tháng đầu năm {year}"), end: day(6, 30) },
                1 => When { words: format!("9 tháng đầu năm {year}"), end: day(9, 30) },
                2 => When { words: format!("quý I/{year}"), end: day(3, 31) },
                _ => When { words: format!("năm {year}"), end: day(12, 31) },
            },
            "quarter" => {
                let quarter = self.next(4) as i64;
                let roman = ["I", "II", "III", "IV"][quarter as usize];
                When { words: format!("quý {roman}/{year}"), end: day(quarter * 3 + 3, 30) }
            }
            "day" => {
                let (month, date) = (4 + self.next(7) as i64, 1 + self.next(27) as i64);
                When { words: format!("ngày {date}/{month}/{year}"), end: day(month, date) }
            }
            _ => When { words: String::new(), end: day(1 + self.next(11) as i64, 15) },
        }
    }

    /// A topic with who and when that nothing has been said of yet.
    fn fresh(&mut self, fits: impl Fn(&Topic) -> bool) -> (usize, Who, When) {
        loop {
            let at = self.next(self.topics.len() as u64) as usize;
            if !fits(&self.topics[at]) {
                continue;
            }
            let (class, moment) = (self.topics[at].who, self.topics[at].when);
            let (who, when) = (self.who(class), self.when(moment));
            // "6 tháng" and "9 tháng" of one year are two keys, and so is each year.
            let key = format!("{}|{}|{}", self.topics[at].name, who.short, when.words);
            if self.loose || self.used.insert(key) {
                return (at, who, when);
            }
        }
    }

    fn value(&mut self, at: usize) -> u64 {
        let topic = &self.topics[at];
        let (least, greatest, scale) = (topic.least, topic.greatest, 10_u64.pow(topic.decimals));
        // Sizes of things are spread evenly over their logarithms.
        let mut value = least * scale + self.next((greatest - least) * scale);
        for _ in 0..self.next(3) {
            value = (least * scale).max(value / 2);
        }
        value + u64::from(value.is_multiple_of(10)) * 3
    }

    /// Another value for the same thing, by a slip or by another source.
    fn other(&mut self, value: u64) -> u64 {
        loop {
            let digits: Vec<char> = value.to_string().chars().collect();
            let made = match self.next(5) {
                0 if digits.len() > 1 => {
                    let mut swapped = digits.clone();
                    let at = self.next(digits.len() as u64 - 1) as usize;
                    swapped.swap(at, at + 1);
                    swapped.iter().collect::<String>().parse().unwrap()
                }
                1 => {
                    let mut changed = digits.clone();
                    let at = self.next(digits.len() as u64) as usize;
                    changed[at] = char::from(b'1' + self.next(9) as u8);
                    changed.iter().collect::<String>().parse().unwrap()
                }
                2 => value * (103 + self.next(60)) / 100,
                3 => value * (60 + self.next(37)) / 100,
                _ => value + 5 + self.next(value / 4 + 5),
            };
            if made.abs_diff(value) >= 3.max(value / 400) && made > 1 && made % 10 != 0 {
                return made;
            }
        }
    }

    fn write(&self, at: usize, value: u64) -> String {
        let topic = &self.topics[at];
        let unit = if topic.unit == "%" { "%".to_owned() } else { format!(" {}", topic.unit) };
        format!("{}{unit}", number(value, topic.decimals))
    }

    fn sentence(&self, phrase: &str, at: usize, who: &str, when: &str, value: &str) -> String {
        let topic = &self.topics[at];
        let filled = phrase
            .replace("{P}", &capital(when))
            .replace("{p}", when)
            .replace("{E}", &capital(who))
            .replace("{e}", who)
            .replace("{N}", &capital(topic.thing))
            .replace("{n}", topic.thing)
            .replace("{part}", topic.part)
            .replace("{d}", value.strip_suffix(topic.unit).unwrap_or(value).trim_end())
            .replace("{v}", value);
        capital(&filled.replace("  ", " ").replace(" .", ".").replace(" ,", ","))
    }

    /// An article with `main` in it, and its id.
    fn article(&mut self, at: usize, who: &Who, end: i64, main: &str) -> String {
        self.made += 1;
        let id = format!("bai-{:05}", self.made);
        let mut parts = vec![who.lead.clone()];
        if self.next(2) == 0 {
            parts.push(self.frame("lead").to_owned());
        }
        parts.push(main.to_owned());
        for _ in 0..self.next(3) {
            parts.push(self.side(at, who));
        }
        if self.next(2) == 0 {
            parts.push(self.frame("close").to_owned());
        }
        let topic = &self.topics[at];
        let title = format!("{}: {}", capital(topic.thing), capital(&who.short));
        let paragraphs: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let text = paragraphs.join(if self.next(2) == 0 { "\n" } else { " " });
        self.out.pieces.push(Piece { id: id.clone(), published: date(end), title, text });
        id
    }

    /// Something else about the same one, or about nobody.
    fn side(&mut self, at: usize, who: &Who) -> String {
        let class = self.topics[at].who;
        for _ in 0..6 {
            let other = self.next(self.topics.len() as u64) as usize;
            if other == at || self.topics[other].who != class {
                continue;
            }
            let moment = self.topics[other].when;
            let when = self.when(moment);
            let key = format!("{}|{}|{}", self.topics[other].name, who.short, when.words);
            if self.loose || self.used.insert(key) {
                let phrase = self.one(&self.topics[other].phrases.clone());
                let value = self.value(other);
                let value = self.write(other, value);
                return self.sentence(phrase, other, &who.short, &when.words, &value);
            }
        }
        String::new()
    }

    /// Two different phrasings of a topic.
    fn phrases(&mut self, at: usize) -> [&'static str; 2] {
        let phrases = self.topics[at].phrases.clone();
        let first = self.next(phrases.len() as u64) as usize;
        let second = (first + 1 + self.next(phrases.len() as u64 - 1) as usize) % phrases.len();
        [phrases[first], phrases[second]]
    }

    /// How the second article names the same one.
    fn again(&mut self, who: &Who) -> String {
        match &who.bare {
            Some(bare) if self.next(5) < 2 => bare.clone(),
            _ => who.short.clone(),
        }
    }

    fn pair(&mut self, class: &'static str) {
        let counted = |topic: &Topic| topic.unit != "%" && topic.decimals == 0 && topic.who != "bridge";
        let (at, mut who, when) = self.fresh(|topic| match class {
            "rounded" => topic.unit != "%" && topic.greatest * 10_u64.pow(topic.decimals) > 2000,
            "cumulative" => counted(topic) && topic.when == "months",
            "moment" => topic.when == "year" || topic.when == "months",
            "change" | "target" => topic.when != "none" && topic.name != "tang-truong",
            "place" => topic.who == "province",
            _ => true,
        });
        let value = self.value(at);
        let [first, second] = self.phrases(at);
        let name = self.again(&who);
        let lag = 3 + self.next(20) as i64;
        let later = lag + self.next(15) as i64;
        let mut texts = [self.write(at, value), self.write(at, value)];
        let mut moments = [when.words.clone(), when.words.clone()];
        let mut names = [who.short.clone(), name];
        let mut frame = "{S}";
        let mut ends = [when.end + lag, when.end + later];
        match class {
            "rounded" => texts[1] = self.rounded(at, value),
            "moment" => {
                let topic = self.topics[at].when;
                let other = loop {
                    let other = self.when(topic);
                    let key = format!("{}|{}|{}", self.topics[at].name, who.short, other.words);
                    if other.words != when.words && self.used.insert(key) {
                        break other;
                    }
                };
                moments[1] = other.words;
                ends[1] = other.end + later;
                let changed = self.other(value);
                texts[1] = self.write(at, changed);
            }
            "cumulative" => {
                let grown = value + 3 + self.next(value / 3 + 3);
                texts[1] = self.write(at, grown);
                let more = 3 + self.next(9) as i64;
                ends = [when.end, when.end + more];
                moments = ends.map(|end| format!("tính đến ngày {}", slashed(end - 1)));
            }
            "place" => {
                let capital = who.bare.clone().and_then(|bare| {
                    let city = format!("thành phố {bare}");
                    self.districts.iter().any(|(name, _)| *name == city).then_some(city)
                });
                let Some(city) = capital else { return self.pair(class) };
                names = [who.short.clone(), city.clone()];
                who.lead = format!("Hội nghị có sự tham dự của lãnh đạo {city} và {}.", who.short);
                let less = value / 4 + 7;
                texts[1] = self.write(at, less);
            }
            _ => {
                let changed = self.other(value);
                texts[1] = self.write(at, changed);
                if class != "contradiction" {
                    frame = self.frame(class);
                }
            }
        }
        let one = self.sentence(first, at, &names[0], &moments[0], &texts[0]);
        let other = if matches!(class, "change" | "target" | "part") {
            self.sentence(frame, at, &names[1], &moments[1], &texts[1])
        } else {
            let said = self.sentence(second, at, &names[1], &moments[1], &texts[1]);
            frame.replace("{s}", &lowered(&said)).replace("{S}", &said)
        };
        let ids = [self.article(at, &who, ends[0], &one), self.article(at, &who, ends[1], &other)];
        let topic = &self.topics[at];
        let fact = Fact {
            entity: if topic.name == "dang-vien" { format!("Đảng bộ {}", who.short) } else { who.short.clone() },
            thing: topic.thing.to_owned(),
            period: moments[0].clone(),
            value,
            decimals: topic.decimals,
            unit: topic.unit.to_owned(),
        };
        self.out.pairs.push(Pair { class, ids, texts, topic: topic.name.to_owned(), fact });
    }

    /// The value said in fewer digits.
    fn rounded(&mut self, at: usize, value: u64) -> String {
        let digits = value.to_string().len() as u32;
        let step = 10_u64.pow(digits - 2);
        let (below, near) = (value / step * step, (value + step / 2) / step * step);
        match self.next(3) {
            0 => format!("hơn {}", self.write(at, below)),
            1 => format!("khoảng {}", self.write(at, near)),
            _ if near > value => format!("gần {}", self.write(at, near)),
            _ => format!("trên {}", self.write(at, below)),
        }
    }

    /// `pairs` contradictions, near-misses by class, and articles about other things up to `articles`.
    pub fn archive(mut self, articles: usize, pairs: usize, near: &[(&'static str, usize)]) -> Archive {
        for _ in 0..pairs {
            self.pair("contradiction");
        }
        for (class, count) in near {
            for _ in 0..*count {
                self.pair(class);
            }
        }
        while self.made < articles {
            let (at, who, when) = self.fresh(|_| true);
            let phrase = self.one(&self.topics[at].phrases.clone());
            let value = self.value(at);
            let value = self.write(at, value);
            let said = self.sentence(phrase, at, &who.short, &when.words, &value);
            let end = when.end + 3 + self.next(30) as i64;
            self.article(at, &who, end, &said);
        }
        self.out
    }
}

/// "Tỉnh Bắc Giang" inside a sentence.
fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// At the head of a sentence.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// After words that lead into it: names keep their capitals.
fn lowered(sentence: &str) -> String {
    const COMMON: [&str; 30] = [
        "Tỉnh", "Theo", "Tổng", "Khép", "Báo", "Cả", "Giá", "Trong", "Sở", "Xuất", "Toàn", "Số", "Ngành", "Năm", "Tỷ",
        "Kết", "Đến", "Nhờ", "Vốn", "Lượng", "Diện", "Giải", "Trên", "Tốc", "Lợi", "Doanh", "Chiều", "Thu", "Người",
        "Đã",
    ];
    let word = sentence.split(' ').next().unwrap_or_default();
    let common =
        COMMON.contains(&word) || ["Quý", "Sản", "Bao", "Kỳ", "Với", "Ngư", "Trận", "Huyện", "Xã"].contains(&word);
    if common || word.starts_with(char::is_numeric) { small(sentence) } else { sentence.to_owned() }
}

/// A number as the press writes it.
pub fn number(value: u64, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals);
    let (whole, rest) = ((value / scale).to_string(), value % scale);
    let mut out = String::new();
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push('.');
        }
        out.push(digit);
    }
    if decimals > 0 && rest > 0 {
        let rest = format!("{rest:0width$}", width = decimals as usize);
        out.push(',');
        out.push_str(rest.trim_end_matches('0'));
    }
    out
}

/// Days from 1 March of the year 0 (Howard Hinnant's days_from_civil).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of) = (year.div_euclid(400), year.rem_euclid(400));
    era * 146_097 + of * 365 + of / 4 - of / 100 + (153 * ((month + 9) % 12) + 2) / 5 + day - 1
}

fn civil(days: i64) -> (i64, i64, i64) {
    let (era, of) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year = (of - of / 1460 + of / 36_524 - of / 146_096) / 365;
    let left = of - (365 * year + year / 4 - year / 100);
    let month = (5 * left + 2) / 153;
    let day = left - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

fn date(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{year:04}-{month:02}-{day:02}")
}

fn slashed(day: i64) -> String {
    let (year, month, day) = civil(day);
    format!("{day}/{month}/{year}")
}
