//! Digests whatever can be serialised, without making a text of it.
//!
//! Every value becomes bytes behind a byte that says what it is, and every list and table with
//! where it ends. So `1`, `true` and `"1"` differ, and a value that describes itself (JSON, a template's
//! value) has a digest as exact as one of a fixed type. Nothing can fail: there is no value that has no
//! digest.

use serde::ser::{
    self, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant,
};
use std::fmt;

/// Makes bytes of values, for a hasher: it takes many at once faster than each alone.
pub(super) struct Digesting<'b>(pub(super) &'b mut Vec<u8>);

/// What stands before a value.
#[derive(Clone, Copy)]
enum Mark {
    Nothing,
    Bool,
    Whole,
    Fraction,
    Char,
    Text,
    Bytes,
    Some,
    Unit,
    Variant,
    List,
    Table,
    End,
}

/// The error of a type that refuses to be serialised; none of ours does.
#[derive(Debug)]
pub(super) struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Done = Result<(), Refused>;

#[expect(clippy::unnecessary_wraps, reason = "what calls these must give a result")]
impl Digesting<'_> {
    fn mark(&mut self, mark: Mark) {
        self.0.push(mark as u8);
    }

    fn whole(&mut self, number: i128) -> Done {
        self.mark(Mark::Whole);
        self.0.extend_from_slice(&number.to_le_bytes());
        Ok(())
    }

    fn bytes(&mut self, mark: Mark, bytes: &[u8]) -> Done {
        self.mark(mark);
        self.0.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn end(&mut self) -> Done {
        self.mark(Mark::End);
        Ok(())
    }
}

impl ser::Serializer for &mut Digesting<'_> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    fn serialize_bool(self, value: bool) -> Done {
        self.mark(Mark::Bool);
        self.0.push(u8::from(value));
        Ok(())
    }

    fn serialize_i8(self, value: i8) -> Done {
        self.whole(value.into())
    }

    fn serialize_i16(self, value: i16) -> Done {
        self.whole(value.into())
    }

    fn serialize_i32(self, value: i32) -> Done {
        self.whole(value.into())
    }

    fn serialize_i64(self, value: i64) -> Done {
        self.whole(value.into())
    }

    fn serialize_i128(self, value: i128) -> Done {
        self.whole(value)
    }

    fn serialize_u8(self, value: u8) -> Done {
        self.whole(value.into())
    }

    fn serialize_u16(self, value: u16) -> Done {
        self.whole(value.into())
    }

    fn serialize_u32(self, value: u32) -> Done {
        self.whole(value.into())
    }

    fn serialize_u64(self, value: u64) -> Done {
        self.whole(value.into())
    }

    fn serialize_u128(self, value: u128) -> Done {
        self.bytes(Mark::Bytes, &value.to_le_bytes())
    }

    fn serialize_f32(self, value: f32) -> Done {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Done {
        self.mark(Mark::Fraction);
        self.0.extend_from_slice(&value.to_bits().to_le_bytes());
        Ok(())
    }

    fn serialize_char(self, value: char) -> Done {
        self.mark(Mark::Char);
        self.0.extend_from_slice(&u32::from(value).to_le_bytes());
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Done {
        self.bytes(Mark::Text, value.as_bytes())
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        self.bytes(Mark::Bytes, value)
    }

    fn serialize_none(self) -> Done {
        self.mark(Mark::Nothing);
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        self.mark(Mark::Some);
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.mark(Mark::Unit);
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.bytes(Mark::Variant, variant.as_bytes())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Done {
        self.bytes(Mark::Variant, variant.as_bytes())?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Refused> {
        self.mark(Mark::List);
        Ok(self)
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Refused> {
        self.bytes(Mark::Variant, variant.as_bytes())?;
        self.serialize_seq(None)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Refused> {
        self.mark(Mark::Table);
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Refused> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self, Refused> {
        self.bytes(Mark::Variant, variant.as_bytes())?;
        self.serialize_map(None)
    }
}

macro_rules! in_turn {
    ($($parts:ident $method:ident),*) => {
        $(impl $parts for &mut Digesting<'_> {
            type Ok = ();
            type Error = Refused;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
                value.serialize(&mut **self)
            }

            fn end(self) -> Done {
                Digesting::end(self)
            }
        })*
    };
}

in_turn!(
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);

macro_rules! by_name {
    ($($parts:ident),*) => {
        $(impl $parts for &mut Digesting<'_> {
            type Ok = ();
            type Error = Refused;

            // A struct may leave fields out.
            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Done {
                self.bytes(Mark::Text, name.as_bytes())?;
                value.serialize(&mut **self)
            }

            fn end(self) -> Done {
                Digesting::end(self)
            }
        })*
    };
}

by_name!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for &mut Digesting<'_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        Digesting::end(self)
    }
}
