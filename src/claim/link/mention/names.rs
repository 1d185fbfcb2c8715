//! Is a capital a name's, or only the sentence's? `Bờ kè` opens a sentence, `Hoa Lư` names.

use super::phrase::Phrases;
use crate::article::segment::{Case, Shape};
use crate::claim::lexicon::Class;

impl Phrases<'_, '_> {
    /// A short word that is an office only in a name: "báo Tuổi trẻ" but "báo lãi", "sở Y tế" but "sở hữu".
    pub(super) fn idle_office(&self, i: usize) -> bool {
        let page = self.page;
        let short = matches!(
            page.w(i),
            "báo"
                | "bộ"
                | "ban"
                | "sở"
                | "hội"
                | "vụ"
                | "cục"
                | "viện"
                | "đoàn"
                | "đt"
                | "tuyển"
                | "phòng"
                | "trạm"
                | "đảng"
                | "bv"
                | "đài"
                | "tên"
                | "mẫu"
                | "mã"
                | "đường"
                | "phố"
                | "tây"
        );
        short
            && !page.s.is_capital(i)
            && (!page.s.is_capital(i + 1) || !self.free(i + 1))
            && !page.is(i, Class::Countable)
    }

    /// Whether the sentence, a quotation or a list item opens at `i`, so that its capital says nothing.
    pub(super) fn opening(&self, i: usize) -> bool {
        let page = self.page;
        let opens = |shape: Shape| {
            matches!(shape, Shape::Break | Shape::Mark('.' | '!' | '?' | '…' | ':' | '"' | '\'' | '*' | '-' | '+'))
        };
        (i == 0 || opens(page.s.tokens[i - 1].shape)) && page.s.tokens[i].case == Case::Title
    }

    /// A verb that is no other function word: names are made of such ("Thắng", "Hòa").
    pub(super) fn plain_verb(&self, i: usize) -> bool {
        let function = [
            Class::Clause,
            Class::Preposition,
            Class::Conjunction,
            Class::Adverb,
            Class::Auxiliary,
            Class::Pronoun,
            Class::Source,
        ];
        self.page.is(i, Class::Verb) && !function.iter().any(|&c| self.page.is(i, c))
    }

    /// Whether the capital at `i` is a name's and not the sentence's.
    pub(super) fn is_name(&self, i: usize) -> bool {
        let page = self.page;
        if !self.opening(i) {
            return true;
        }
        // "Hòa Phát", "Sunvico", "TLG" are names; "Bờ kè" only opens its sentence.
        let next_capital = page.s.is_capital(i + 1) && page.s.is_word(i + 1);
        let unknown = || page.m.at(i).is_empty();
        let foreign = || !crate::article::segment::is_syllable(page.w(i));
        next_capital || unknown() && (page.s.tokens[i].case == Case::Upper || foreign())
    }
}
