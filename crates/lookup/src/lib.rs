//! Find a code of the Harmonized System by words or by its digits. Knows labels and search words, nothing of duties;
//! national lines below a subheading are not searched, they are chosen.
//!
//! ```
//! use lookup::{Entry, Index};
//! let durian = Entry { code: "081060".parse()?, label: "Durians, fresh", keywords: "king of fruits, monthong" };
//! let index = Index::new([durian]);
//! assert_eq!(index.search("fresh duri", 10)[0].code, durian.code);
//! assert_eq!(index.search("0810.6", 10)[0].code, durian.code);
//! # Ok::<(), duty::HsCodeError>(())
//! ```

mod code;
mod index;
mod question;
mod search;
mod vocabulary;
mod words;

pub use code::{CodePrefix, code_prefix};
pub use index::{Entry, Index};
pub use search::Hit;
