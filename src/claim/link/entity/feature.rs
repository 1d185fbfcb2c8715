//! The readable features of a candidate: what a person would say of it ("opens a clause", "behind theo").

/// A set of features.
pub(crate) type Features = u128;

macro_rules! features {
    ($($variant:ident $name:literal;)*) => {
        /// One thing that can be said of a candidate.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Feature { $(#[doc = $name] $variant,)* }
        const NAMES: &[&str] = &[$($name,)*];
    };
}

features! {
    Outside "not in the sentence";
    BeforeClause "before, same clause";
    BeforeSentence "before, other clause";
    AfterClause "after, same clause";
    AfterSentence "after, other clause";
    Near0 "at most 2 words away";
    Near1 "3 to 5 words away";
    Near2 "6 to 10 words away";
    Near3 "11 to 20 words away";
    Near4 "further away";
    NearestBefore "nearest before";
    NearestNamedBefore "nearest name before";
    NearestAfter "nearest after";
    FirstOfSentence "first of the sentence";
    Opens "opens a clause";
    OpensSame "opens the claim's clause";
    Named "named";
    Title "in the headline";
    Once "named once";
    Often "named 4 times or more";
    MostSalient "the most salient";
    Salient "salient";
    Determiner "with các, những";
    Long "3 words or more";
    PrevAt "behind tại, ở";
    PrevOf "behind của";
    PrevFor "behind cho";
    PrevWith "behind với";
    PrevAccording "behind theo";
    PrevFrom "behind từ, đến, sang";
    PrevIn "behind trong, trên";
    PrevBy "behind bởi, do";
    PrevAnd "behind và or a comma";
    PrevColon "behind a colon";
    PrevCompare "behind so với, hơn";
    PrevVerb "behind a verb";
    NextSource "before cho biết";
    NextHave "before có, đạt, ghi nhận";
    NextVerb "before a verb";
    NextColon "before a colon";
    NextNumber "before a number";
    NextComma "before a comma";
    NextOf "before của";
    CountedNoun "is the counted noun";
    PastSubject1 "opened the sentence before";
    PastSubject2 "opened an earlier sentence";
    PastMention "named in the sentence before";
    InBrackets "the claim is in brackets";
    HeadOfBrackets "before the brackets of the claim";
    Previous "entity of the last claim";
    PreviousSame "entity of the last claim, same sentence";
    PreviousBracket "entity of the last claim, claim in brackets";
    PreviousClause "entity of the last claim, same clause";
    PreviousNoOther "entity of the last claim, nothing named between";
    DateLine "heads the sentence before a colon";
    SubjectAgain "named in the sentence and in the headline";
    PrevIs "behind là";
    Nested "inside a longer name";
    NestedSource "inside the name of who says it";
    Scope "opens the sentence behind tại, trên, ở";
    Owner "owner of the property";
    LastNamed "entity of the last claim, a name";
    Majority "entity of most claims so far";
    OnlyInClause "the only phrase of its clause";
    Article "of the headline, opens it";
    After2 "second or later behind the number";
    Whole "toàn, cả";
    NearestOpens "nearest that opens a clause";
    NearestVerbed "nearest before a verb";
    NumbersBetween1 "one number between";
    NumbersBetween2 "two numbers or more between";
    SubjectBetween "another subject between";
    TopicOnly "of the headline, opens it, not in the sentence";
    OtherBrackets "in brackets of its own";
    PrevAway "behind cách";
    Bare "one common noun";
    InMeasured "part of what is measured";
    OpeningVerb "object of the verb that opens the clause";
    SortOrganization "organization";
    SortPlace "place";
    SortPerson "person";
    SortProduct "product";
    SortEvent "event";
    SortGroup "group";
    SortOther "thing of no known sort";
    SortProperty "measure";
    HeadPeople "people by its head";
    HeadBody "a body by its head";
    HeadSite "a site by its head";
    HeadArtefact "an artefact by its head";
    HeadHappening "a happening by its head";
    HeadQuantity "a quantity by its head";
    HeadMaterial "a material by its head";
    HeadComponent "a part by its head";
    HeadAbstract "abstract by its head";
    HeadTime "a time by its head";
    UnitPeople "people are counted";
    UnitThings "things are counted";
    UnitOther "happenings, parts or ideas are counted";
    KindAge "for an age";
    KindCount "for a count";
    KindMoney "for money";
    KindShare "for a share";
    KindTarget "for a target";
    KindChange "for a change";
    KindMeasure "for a measurement";
    KindTime "for an age or duration";
    KindRate "for a rate";
}

/// How many features there are.
pub(crate) const COUNT: usize = NAMES.len();

/// The feature's name in the table of weights.
#[must_use]
pub(crate) const fn name(id: usize) -> &'static str {
    NAMES[id]
}

impl Feature {
    /// As a set of one.
    #[must_use]
    pub(crate) const fn bit(self) -> Features {
        1 << self as u32
    }
}

impl std::ops::BitOrAssign<Feature> for Features {
    fn bitor_assign(&mut self, feature: Feature) {
        *self |= feature.bit();
    }
}
