//! Exact decimals as JSON numbers: `97,10` is written `97.1`, and `0,1 + 0,2` is `0.3`; no binary float on the way.

use std::borrow::Cow;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// An exact decimal, written as a JSON number with its own digits and no trailing zeros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exact(pub Decimal);

impl Exact {
    /// As a whole number, where it is one that is not too large.
    fn whole(self) -> Option<i64> {
        let value = self.0.normalize();
        if value.scale() == 0 { value.to_i64() } else { None }
    }

    /// Appends the digits, as in JSON, to `out`.
    pub(super) fn append(self, out: &mut Vec<u8>) {
        match self.whole() {
            Some(whole) => super::json::whole(whole.unsigned_abs(), whole < 0, out),
            None => out.extend_from_slice(self.to_string().as_bytes()),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Most are whole, and those need no parser that makes sure that they are numbers.
        if let Some(whole) = self.whole() {
            return serializer.serialize_i64(whole);
        }
        let digits = self.to_string();
        let raw: &RawValue = serde_json::from_str(&digits).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl std::fmt::Display for Exact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl schemars::JsonSchema for Exact {
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "number",
            "description": "An exact decimal: read it with a decimal parser to keep its digits."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_those_of_the_decimal_and_nothing_else() {
        let written = |digits: &str| serde_json::to_string(&Exact(digits.parse().unwrap())).unwrap();
        assert_eq!(written("97.10"), "97.1");
        assert_eq!(written("1250000000000"), "1250000000000");
        assert_eq!(written("-0.0"), "0");
        assert_eq!(written("0.1234567890123456789012345678"), "0.1234567890123456789012345678");
        assert_eq!(written("79228162514264337593543950335"), "79228162514264337593543950335");
    }

    #[test]
    fn appended_digits_are_the_written_ones() {
        for digits in ["97.10", "-0.0", "-12", "1250000000000", "79228162514264337593543950335"] {
            let exact = Exact(digits.parse().unwrap());
            let mut out = Vec::new();
            exact.append(&mut out);
            assert_eq!(String::from_utf8(out).unwrap(), exact.to_string());
        }
    }
}
