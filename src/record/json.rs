//! A record as JSON bytes, the same that `serde_json` writes: `{"text":"48/52","value":48,"unit":"hộ", …}`.
//!
//! Its strings are most of what a run writes, and here they are looked through eight bytes at a time for the few that
//! need an escape; numbers and names go straight into the buffer.

use serde::ser::{Error as _, Impossible, SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};
use serde_json::Error;

/// How `serde_json` calls a value that is JSON already, which is how an exact decimal comes.
const RAW: &str = "$serde_json::private::RawValue";

/// Appends `value` to `out`.
///
/// # Errors
/// When the value has something that no record has: a float, bytes, a map, an enum with fields.
pub(super) fn write(value: &impl Serialize, out: &mut Vec<u8>) -> Result<(), Error> {
    value.serialize(&mut Json { out, raw: false })
}

/// The writer: a value is appended to `out`; a string as it stands where it is `raw`.
struct Json<'o> {
    out: &'o mut Vec<u8>,
    raw: bool,
}

/// A list or an object that is being written.
struct Inside<'j, 'o> {
    json: &'j mut Json<'o>,
    first: bool,
}

impl Inside<'_, '_> {
    fn comma(&mut self) {
        if !self.first {
            self.json.out.push(b',');
        }
        self.first = false;
    }
}

impl SerializeSeq for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.comma();
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Error> {
        self.json.out.push(b']');
        Ok(())
    }
}

impl SerializeStruct for Inside<'_, '_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
        if !self.json.raw {
            // The name of a field has nothing to escape.
            self.json.out.extend_from_slice(if self.first { b"\"" } else { b",\"" });
            self.first = false;
            self.json.out.extend_from_slice(key.as_bytes());
            self.json.out.extend_from_slice(b"\":");
        }
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<(), Error> {
        if self.json.raw {
            self.json.raw = false;
        } else {
            self.json.out.push(b'}');
        }
        Ok(())
    }
}

/// Appends a string in its quotes.
fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let bytes = text.as_bytes();
    let mut written = 0;
    let mut at = 0;
    while at < bytes.len() {
        // An article's text is long stretches without any: thirty-two at once, in the wide registers.
        if let Some(many) = bytes[at..].first_chunk::<32>()
            && !many.iter().fold(false, |any, &byte| any | (byte < 0x20) | (byte == b'"') | (byte == b'\\'))
        {
            at += 32;
            continue;
        }
        if let Some(eight) = bytes[at..].first_chunk::<8>()
            && !any_escaped(u64::from_le_bytes(*eight))
        {
            at += 8;
            continue;
        }
        let byte = bytes[at];
        if byte < 0x20 || byte == b'"' || byte == b'\\' {
            out.extend_from_slice(&bytes[written..at]);
            escape(byte, out);
            written = at + 1;
        }
        at += 1;
    }
    out.extend_from_slice(&bytes[written..]);
    out.push(b'"');
}

/// Whether one of eight bytes is a quote, a backslash or below a space.
const fn any_escaped(eight: u64) -> bool {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    // The high bit of a byte is set where subtracting borrows, which only a byte below the one subtracted does.
    let below = eight.wrapping_sub(ONES * 0x20) & !eight;
    let quote = eight ^ (ONES * b'"' as u64);
    let slash = eight ^ (ONES * b'\\' as u64);
    (below | quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash) & HIGH != 0
}

fn escape(byte: u8, out: &mut Vec<u8>) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let short = match byte {
        b'"' | b'\\' => byte,
        b'\n' => b'n',
        b'\r' => b'r',
        b'\t' => b't',
        0x08 => b'b',
        0x0C => b'f',
        _ => {
            let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
            return out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
        }
    };
    out.extend_from_slice(&[b'\\', short]);
}

/// Appends the digits of a whole number.
pub(super) fn whole(value: u64, negative: bool, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut from = digits.len();
    let mut rest = value;
    loop {
        from -= 1;
        digits[from] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if negative {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[from..]);
}

/// The types that no record has.
macro_rules! refused {
    ($($name:ident($($arg:ty),*) -> $ok:ty;)*) => {
        $(fn $name(self, $(_: $arg),*) -> Result<$ok, Error> {
            Err(Error::custom(concat!("no record has a value for ", stringify!($name))))
        })*
    };
}

impl<'j, 'o> Serializer for &'j mut Json<'o> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Inside<'j, 'o>;
    type SerializeStruct = Inside<'j, 'o>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Impossible<(), Error>;
    type SerializeStructVariant = Impossible<(), Error>;

    fn serialize_bool(self, value: bool) -> Result<(), Error> {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<(), Error> {
        whole(value.unsigned_abs(), value < 0, self.out);
        Ok(())
    }

    fn serialize_i32(self, value: i32) -> Result<(), Error> {
        self.serialize_i64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<(), Error> {
        whole(value, false, self.out);
        Ok(())
    }

    fn serialize_u32(self, value: u32) -> Result<(), Error> {
        self.serialize_u64(value.into())
    }

    fn serialize_str(self, value: &str) -> Result<(), Error> {
        if self.raw {
            self.out.extend_from_slice(value.as_bytes());
        } else {
            string(value, self.out);
        }
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.out.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Error> {
        string(variant, self.out);
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Inside<'j, 'o>, Error> {
        self.out.push(b'[');
        Ok(Inside { json: self, first: true })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Inside<'j, 'o>, Error> {
        self.raw = name == RAW;
        if !self.raw {
            self.out.push(b'{');
        }
        Ok(Inside { json: self, first: true })
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        Err(Error::custom("no record has an enum with fields"))
    }

    refused! {
        serialize_i8(i8) -> ();
        serialize_i16(i16) -> ();
        serialize_u8(u8) -> ();
        serialize_u16(u16) -> ();
        serialize_f32(f32) -> ();
        serialize_f64(f64) -> ();
        serialize_char(char) -> ();
        serialize_bytes(&[u8]) -> ();
        serialize_unit() -> ();
        serialize_unit_struct(&'static str) -> ();
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Exact, Record, specimen};

    fn same(value: &impl Serialize) {
        let mut out = Vec::new();
        write(value, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), serde_json::to_string(value).unwrap());
    }

    #[test]
    fn a_record_is_written_as_serde_json_would() {
        let (article, reading) = specimen::reading();
        same(&Record::new(&article, &reading));
        same(&[Exact(specimen::decimal("-0.25")), Exact(specimen::decimal("79228162514264337593543950335"))].to_vec());
        same(&vec![i64::MIN, i64::MAX, 0, -7]);
        same(&vec![Some(u64::MAX), None]);
    }

    proptest::proptest! {
        #[test]
        fn any_string_is_escaped_as_serde_json_does(text in "[\\x00-\\x7f€ạ\u{80}\u{a2}\u{dc}]{0,40}") {
            same(&text);
        }
    }

    #[test]
    fn what_no_record_has_is_refused() {
        assert!(write(&1.5_f64, &mut Vec::new()).unwrap_err().to_string().contains("serialize_f64"));
    }
}
