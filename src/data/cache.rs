//! What has been loaded, by name. A resource keyed by the current country showed the previous country's answer under the new one for
//! a moment; a cache keyed by what was asked cannot.
//!
//! One cache holds every kind of file, read into whatever it is read into: a cache per type would be compiled once per type.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::files::{FileName, LoadError};

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

/// Things loaded once each and kept as long as the page is open.
#[derive(Clone, Copy)]
pub struct Cache {
    loads: RwSignal<Vec<(FileName, Load<dyn Any + Send + Sync>)>>,
}

impl Default for Cache {
    fn default() -> Self {
        Self {
            loads: RwSignal::new(Vec::new()),
        }
    }
}

impl Cache {
    /// How far the loading of a file is; tracked. `None` if nobody asked for it yet.
    #[must_use]
    pub fn get<T: Any + Send + Sync>(self, name: FileName) -> Option<Load<T>> {
        Some(match self.find(name)? {
            Load::Loading => Load::Loading,
            Load::Failed(error) => Load::Failed(error),
            // A name stands for one type; were it another, the file would count as on its way.
            Load::Ready(value) => value.downcast().map_or(Load::Loading, Load::Ready),
        })
    }

    /// What a file was read into, if it is there; tracked.
    #[must_use]
    pub fn ready<T: Any + Send + Sync>(self, name: FileName) -> Option<Arc<T>> {
        match self.get(name)? {
            Load::Ready(value) => Some(value),
            Load::Loading | Load::Failed(_) => None,
        }
    }

    fn find(self, name: FileName) -> Option<Load<dyn Any + Send + Sync>> {
        self.loads
            .with(|loads| loads.iter().find(|(known, _)| *known == name).map(|(_, load)| load.clone()))
    }

    /// Starts a loading unless that was done before.
    pub fn ensure(self, name: FileName, load: impl FnOnce() -> Loading) {
        if untrack(|| self.find(name)).is_none() {
            self.reload(name, load());
        }
    }

    /// Loads again, whatever happened before: what a retry does.
    pub fn reload(self, name: FileName, loading: Loading) {
        self.set(name, Load::Loading);
        spawn_local(async move {
            self.set(name, loading.await.map_or_else(Load::Failed, Load::Ready));
        });
    }

    fn set(self, name: FileName, load: Load<dyn Any + Send + Sync>) {
        // The page may be gone by the time an answer arrives.
        let _ = self.loads.try_update(|loads| {
            loads.retain(|(known, _)| *known != name);
            loads.push((name, load));
        });
    }
}
