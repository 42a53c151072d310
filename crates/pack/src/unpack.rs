//! Reading the bodies of packed files. They are written with `postcard`, and could be read with it too; but what serde makes for reading
//! a structure ends early at each field, and drops what was read so far there: that was 3 kB of the first program after compression. Here
//! a failure is noted and reading goes on with nothings to the end, which takes a call for each field.

/// Bytes on their way to a body.
pub(crate) struct Unpacker<'a> {
    rest: &'a [u8],
    failed: bool,
    depth: u8,
}

/// What can be read from a body, as `postcard` writes it.
pub(crate) trait Unpack {
    fn unpack(from: &mut Unpacker<'_>) -> Self;
}

/// Reads a structure field by field, in the order they are written.
macro_rules! unpack_fields {
    ($structure:ident { $($field:ident),* $(,)? }) => {
        impl $crate::unpack::Unpack for $structure {
            fn unpack(from: &mut $crate::unpack::Unpacker<'_>) -> Self {
                Self { $($field: $crate::unpack::Unpack::unpack(from)),* }
            }
        }
    };
}
pub(crate) use unpack_fields;

/// Reads what lies there as text.
macro_rules! unpack_text {
    ($what:ty, $otherwise:expr, $read:expr) => {
        impl $crate::unpack::Unpack for $what {
            fn unpack(from: &mut $crate::unpack::Unpacker<'_>) -> Self {
                let read: fn(&str) -> Option<Self> = $read;
                read(from.text()).unwrap_or_else(|| {
                    from.fail();
                    $otherwise
                })
            }
        }
    };
}
pub(crate) use unpack_text;

/// The whole of `bytes` as one body; `None` if they are not.
pub(crate) fn unpack<T: Unpack>(bytes: &[u8]) -> Option<T> {
    let mut from = Unpacker {
        rest: bytes,
        failed: false,
        depth: 0,
    };
    let body = T::unpack(&mut from);
    (!from.failed && from.rest.is_empty()).then_some(body)
}

impl<'a> Unpacker<'a> {
    #[inline(never)]
    fn bytes(&mut self, count: u64) -> &'a [u8] {
        let split = usize::try_from(count).ok().and_then(|count| self.rest.split_at_checked(count));
        let Some((taken, rest)) = split else {
            self.failed = true;
            return &[];
        };
        self.rest = rest;
        taken
    }

    /// Seven bits a byte, the lowest first.
    #[inline(never)]
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.bytes(1).first().copied().unwrap_or_default();
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return number;
            }
        }
        self.failed = true;
        0
    }

    #[inline(never)]
    pub(crate) fn text(&mut self) -> &'a str {
        let count = self.number();
        let text = str::from_utf8(self.bytes(count));
        self.failed |= text.is_err();
        text.unwrap_or_default()
    }

    /// Notes that what was read is not what it should be.
    pub(crate) fn fail(&mut self) {
        self.failed = true;
    }

    /// Reads what may hold more of its kind, `otherwise` where it nests too deep or is not what it should be.
    pub(crate) fn within<T>(&mut self, deepest: u8, otherwise: T, read: impl FnOnce(&mut Self) -> Option<T>) -> T {
        self.depth += 1;
        let found = if self.depth > deepest { None } else { read(self) };
        self.depth -= 1;
        self.failed |= found.is_none();
        found.unwrap_or(otherwise)
    }

    /// A number that fits what it is for.
    fn fitting<T: TryFrom<u64> + Default>(&mut self) -> T {
        T::try_from(self.number()).unwrap_or_else(|_| {
            self.failed = true;
            T::default()
        })
    }
}

/// Bytes as they are.
#[derive(serde::Serialize)]
pub(crate) struct Bytes(pub(crate) Vec<u8>);

impl Unpack for Bytes {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let count = from.number();
        Self(from.bytes(count).to_vec())
    }
}

impl Unpack for u8 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.bytes(1).first().copied().unwrap_or_default()
    }
}

impl Unpack for u16 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.fitting()
    }
}

impl Unpack for u32 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.fitting()
    }
}

impl Unpack for u64 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.number()
    }
}

/// Signed numbers in zigzag: 0, -1, 1, -2 are 0, 1, 2, 3.
impl Unpack for i64 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let number = from.number();
        let half = (number >> 1).cast_signed();
        if number & 1 == 0 { half } else { !half }
    }
}

impl Unpack for i32 {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Self::try_from(i64::unpack(from)).unwrap_or_else(|_| {
            from.fail();
            0
        })
    }
}

impl Unpack for bool {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let byte = u8::unpack(from);
        from.failed |= byte > 1;
        byte == 1
    }
}

impl Unpack for String {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Unpack> Unpack for Vec<T> {
    #[inline(never)]
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let mut items = Self::new();
        for _ in 0..from.number() {
            let item = T::unpack(from);
            if from.failed {
                break;
            }
            items.push(item);
        }
        items
    }
}

impl<T: Unpack> Unpack for Option<T> {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        bool::unpack(from).then(|| T::unpack(from))
    }
}

impl<T: Unpack, U: Unpack> Unpack for (T, U) {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        (T::unpack(from), U::unpack(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde::Serialize;

    #[derive(Clone, Debug, PartialEq, Serialize)]
    struct Body {
        texts: Vec<String>,
        year: i32,
        pairs: Vec<(u8, u32)>,
        index: Vec<u16>,
        deltas: Vec<u64>,
        blanket: Option<(String, bool)>,
    }

    unpack_fields!(Body {
        texts,
        year,
        pairs,
        index,
        deltas,
        blanket
    });

    proptest! {
        #[test]
        fn what_postcard_writes_is_read(
            texts in prop::collection::vec("\\PC{0,9}", 0..4), year: i32, pairs: Vec<(u8, u32)>, index: Vec<u16>, deltas: Vec<u64>,
            blanket: Option<(String, bool)>,
        ) {
            let body = Body { texts, year, pairs, index, deltas, blanket };
            let bytes = postcard::to_allocvec(&body).unwrap();
            prop_assert_eq!(unpack::<Body>(&bytes), Some(body));
            let mut longer = bytes.clone();
            longer.push(0);
            prop_assert_eq!(unpack::<Body>(&longer), None);
            prop_assert_eq!(unpack::<Body>(&bytes[..bytes.len() - 1]), None);
        }

        #[test]
        fn no_bytes_panic_or_take_long(bytes: Vec<u8>) {
            let _ = unpack::<Body>(&bytes);
            let _ = unpack::<Vec<String>>(&bytes);
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(unpack::<u16>(&[0xff, 0xff, 0x04]), None);
        assert_eq!(unpack::<bool>(&[2]), None);
        assert_eq!(unpack::<String>(&[1, 0xff]), None);
        assert_eq!(unpack::<u64>(&[0xff; 11]), None);
        assert_eq!(unpack::<Vec<u8>>(&[0xff, 0xff, 0xff, 0xff, 0x0f, 1]), None);
    }
}
