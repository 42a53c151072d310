//! What has been loaded, by key. A resource keyed by the current country showed the previous country's answer under the new one for
//! a moment; a cache keyed by what was asked cannot.

use std::collections::BTreeMap;
use std::future::Future;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::files::LoadError;

/// How far the loading of one thing is.
#[derive(Debug)]
pub enum Load<T> {
    /// On its way.
    Loading,
    /// There.
    Ready(Arc<T>),
    /// Not there, and why.
    Failed(LoadError),
}

impl<T> Clone for Load<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Loading => Self::Loading,
            Self::Ready(value) => Self::Ready(Arc::clone(value)),
            Self::Failed(error) => Self::Failed(error.clone()),
        }
    }
}

impl<T: PartialEq> PartialEq for Load<T> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Loading, Self::Loading) => true,
            (Self::Ready(one), Self::Ready(other)) => Arc::ptr_eq(one, other),
            (Self::Failed(one), Self::Failed(other)) => one == other,
            _ => false,
        }
    }
}

impl<T> Load<T> {
    /// The thing, if it is there.
    pub fn ready(&self) -> Option<&Arc<T>> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}

/// Things loaded once each and kept as long as the page is open.
pub struct Cache<K: 'static, T: 'static> {
    loads: RwSignal<BTreeMap<K, Load<T>>>,
}

impl<K, T> Clone for Cache<K, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K, T> Copy for Cache<K, T> {}

impl<K, T> Default for Cache<K, T>
where
    K: Ord + Clone + Send + Sync,
    T: Send + Sync,
{
    fn default() -> Self {
        Self {
            loads: RwSignal::new(BTreeMap::new()),
        }
    }
}

impl<K, T> Cache<K, T>
where
    K: Ord + Clone + Send + Sync,
    T: Send + Sync,
{
    /// How far the loading of `key` is; tracked. `None` if nobody asked for it yet.
    pub fn get(self, key: &K) -> Option<Load<T>> {
        self.loads.with(|loads| loads.get(key).cloned())
    }

    /// The thing, if it is there; tracked.
    pub fn ready(self, key: &K) -> Option<Arc<T>> {
        self.loads.with(|loads| loads.get(key)?.ready().cloned())
    }

    /// Starts loading `key` with `load` unless that was done before and did not fail.
    pub fn ensure<F>(self, key: K, load: impl FnOnce() -> F)
    where
        F: Future<Output = Result<T, LoadError>> + 'static,
    {
        let known = self.loads.with_untracked(|loads| loads.contains_key(&key));
        if !known {
            self.reload(key, load());
        }
    }

    /// Loads `key` again, whatever happened before: what a retry does.
    pub fn reload<F>(self, key: K, load: F)
    where
        F: Future<Output = Result<T, LoadError>> + 'static,
    {
        self.set(key.clone(), Load::Loading);
        spawn_local(async move {
            let loaded = match load.await {
                Ok(value) => Load::Ready(Arc::new(value)),
                Err(error) => Load::Failed(error),
            };
            self.set(key, loaded);
        });
    }

    fn set(self, key: K, load: Load<T>) {
        // The page may be gone by the time an answer arrives.
        let _ = self.loads.try_update(|loads| loads.insert(key, load));
    }
}
