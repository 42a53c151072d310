//! Find a code of the Harmonized System by words or by its digits. Knows labels and search words, nothing of duties;
//! national lines below a subheading are not searched, they are chosen.
//!
//! ```
//! use lookup::{Entry, Index, Parts};
//! let durian = Entry { code: "081060".parse()?, label: "Durians, fresh", keywords: "king of fruits, monthong" };
//! let index = Index::new(Parts::of([durian]));
//! assert_eq!(index.search("fresh duri", 10)[0].code, durian.code);
//! assert_eq!(index.search("0810.6", 10)[0].code, durian.code);
//! # Ok::<(), duty::HsCodeError>(())
//! ```

mod code;
mod families;
mod index;
mod languages;
mod likeness;
mod lists;
mod marks;
mod nearness;
mod parts;
mod question;
mod search;
mod suggestions;
mod texts;
mod words;
mod worths;

pub use code::{CodePrefix, code_prefix, prefix_and_words};
pub use families::Family;
pub use index::Index;
pub use languages::searched;
pub use marks::Marks;
pub use parts::{Entry, Parts};
pub use search::{Found, Hit, search};
