//! `cafta` as a person or a script runs it, on the real tables: what it prints, complains about and returns.

#[cfg(test)]
mod errors;
#[cfg(test)]
mod further;
#[cfg(test)]
mod quote;
#[cfg(test)]
mod rates;
#[cfg(test)]
mod run;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod search;
