//! The second program of the page: finds products by words or by code, in a web worker that the page starts when the product field is first
//! used, so that nothing of the search is in the first program, and no keystroke waits for it.
//!
//! The page sends what was typed and gets the list as markup; it knows no more of an offer than what choosing it does. This library is what
//! the two say to each other, and the list; the program itself fetches and searches.

mod list;
mod question;

pub use list::{CHOOSES, MOST_OFFERS, Offers, TYPES, list};
pub use question::{Answer, Question};
