//! What has been loaded, by name. A resource keyed by the current country showed the previous country's answer under the new one for
//! a moment; a cache keyed by what was asked cannot.
//!
//! One cache holds every kind of file, read into whatever it is read into: a cache per type would be compiled once per type.

use std::any::Any;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use pack::FileName;

use super::files::LoadError;

/// How far the loading of one thing is.
#[derive(Debug)]
pub enum Load<T: ?Sized> {
    /// On its way.
    Loading,
    /// There.
    Ready(Arc<T>),
    /// Not there, and why.
    Failed(LoadError),
}

impl<T: ?Sized> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(Arc::clone(value)),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

/// Whatever a file is read into.
pub type Loaded = Arc<dyn Any + Send + Sync>;

/// The reading of a file, under way.
pub type Loading = Pin<Box<dyn Future<Output = Result<Loaded, LoadError>>>>;

/// Things loaded once each and kept as long as the page is open. Each has a signal of its own: who waits for one is not disturbed by
/// the arrival of another.
#[derive(Clone, Copy, Default)]
pub struct Cache;

/// `None` until somebody asks for it.
type Entry = ArcRwSignal<Option<Load<dyn Any + Send + Sync>>>;

thread_local! {
    static ENTRIES: RefCell<Vec<(FileName<'static>, Entry)>> = const { RefCell::new(Vec::new()) };
}

impl Cache {
    /// How far the loading of a file is; tracked. `None` if nobody asked for it yet.
    #[must_use]
    pub fn get<T: Any + Send + Sync>(self, name: FileName<'static>) -> Option<Load<T>> {
        Some(match self.get_erased(name)? {
            Load::Loading => Load::Loading,
            Load::Failed(error) => Load::Failed(error),
            // A name stands for one type; were it another, the file would count as on its way.
            Load::Ready(value) => value.downcast().map_or(Load::Loading, Load::Ready),
        })
    }

    #[inline(never)]
    fn get_erased(self, name: FileName<'static>) -> Option<Load<dyn Any + Send + Sync>> {
        self.entry(name).get()
    }

    /// What a file was read into, if it is there; tracked.
    #[must_use]
    pub fn ready<T: Any + Send + Sync>(self, name: FileName<'static>) -> Option<Arc<T>> {
        match self.get_erased(name)? {
            Load::Ready(value) => value.downcast().ok(),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    fn entry(self, name: FileName<'static>) -> Entry {
        ENTRIES.with_borrow_mut(|entries| match entries.iter().find(|(known, _)| *known == name) {
            Some((_, entry)) => entry.clone(),
            None => {
                let entry = Entry::new(None);
                entries.push((name, entry.clone()));
                entry
            }
        })
    }

    /// Starts a loading unless that was done before.
    pub fn ensure(self, name: FileName<'static>, load: impl FnOnce() -> Loading) {
        if self.entry(name).with_untracked(Option::is_none) {
            self.reload(name, load());
        }
    }

    /// Loads again, whatever happened before: what a retry does.
    pub fn reload(self, name: FileName<'static>, loading: Loading) {
        let entry = self.entry(name);
        entry.set(Some(Load::Loading));
        spawn_local(async move {
            entry.set(Some(loading.await.map_or_else(Load::Failed, Load::Ready)));
        });
    }
}
