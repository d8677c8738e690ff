//! How each model host is reached. Which model is used is a fact of the register; this only holds what the register must not:
//! secrets, and where the embedded engine listens today.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use gouvernail_privacy::Strictness;
use gouvernail_register::Register;

use crate::cpu::CpuMeter;
use crate::endpoint::Endpoint;
use crate::error::GatewayError;
use crate::quotas::Price;
use crate::traffic::Policy;

/// Access to one host, by the identifier that the register gives it.
#[derive(Clone)]
pub struct Access {
    /// Address that replaces the register's, ending in `/v1`: the embedded engine's.
    pub base_url: Option<String>,
    /// Key that Gouvernail presents to the host, as a bearer.
    pub api_key: Option<String>,
    /// Name of a model at the host, where it differs from the register's.
    pub served: HashMap<String, String>,
    /// Whether the host takes `stream_options`. Mistral's refuses the field and sends its usage anyway.
    pub stream_usage: bool,
    /// Whether pictures, sounds and documents of a case may go to it: nobody can look into them for personal data.
    pub takes_files: bool,
    /// From which likelihood on a passage is hidden from it, and from which it is asked about instead of sent: see
    /// [`Strictness`]. The default is by where the host runs.
    pub strictness: Option<Strictness>,
    /// How many calls it gets, and how often.
    pub traffic: Policy,
    /// What the tokens of a model cost there, by its name in the register.
    pub prices: HashMap<String, Price>,
    /// Counts the processor time of the embedded engine.
    pub cpu: Option<Arc<CpuMeter>>,
    /// Says whether the embedded engine serves now: a call that it could not take is not begun.
    pub ready: Option<Arc<dyn Fn() -> bool + Send + Sync>>,
}

impl Default for Access {
    fn default() -> Self {
        Self {
            base_url: None,
            api_key: None,
            served: HashMap::new(),
            stream_usage: true,
            takes_files: false,
            strictness: None,
            traffic: Policy::default(),
            prices: HashMap::new(),
            cpu: None,
            ready: None,
        }
    }
}

/// The key is a secret: it is not printed.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.api_key.as_ref().map(|_| "…");
        f.debug_struct("Access").field("base_url", &self.base_url).field("api_key", &key).finish_non_exhaustive()
    }
}

/// Access to every host that needs another than the default.
pub type Hosts = HashMap<String, Access>;

/// Where one call goes.
#[derive(Clone, Debug)]
pub(crate) struct Route {
    /// Identifier of the host in the register.
    pub(crate) host: String,
    /// Label of the system's version.
    pub(crate) version: String,
    /// Full address of the endpoint.
    pub(crate) url: String,
    /// Name of the model at the host.
    pub(crate) served: String,
    pub(crate) api_key: Option<String>,
    pub(crate) stream_usage: bool,
    /// Whether what cannot be looked into may go there with a case.
    pub(crate) takes_files: bool,
    pub(crate) strictness: Strictness,
    pub(crate) traffic: Policy,
    pub(crate) price: Option<Price>,
    pub(crate) embedded: bool,
    /// ISO 3166-1 alpha-2.
    pub(crate) country: String,
    pub(crate) active_billions: f64,
    pub(crate) total_billions: f64,
    pub(crate) cpu: Option<Arc<CpuMeter>>,
}

impl Route {
    /// The route of `system`'s current version, on the register that the call was allowed on.
    pub(crate) fn of(
        register: &Register,
        hosts: &Hosts,
        system: &str,
        asked: &str,
        endpoint: Endpoint,
    ) -> Result<Self, GatewayError> {
        let version = register.systems.get(system).and_then(|system| system.version.as_ref()).filter(|v| v.model == asked);
        let model = version.and_then(|version| register.models.get(&version.model));
        let host = model.and_then(|model| register.hosts.get(&model.host));
        // The rules refuse such calls; a pack that forgets to must not open another model.
        let (Some(version), Some(model), Some(host)) = (version, model, host) else {
            let message = format!("{asked:?} is not the model of system {system:?}: see `GET /v1/models`");
            return Err(GatewayError::BadRequest { message, param: Some("model") });
        };
        let plain = Access::default();
        let access = hosts.get(&model.host).unwrap_or(&plain);
        if access.ready.as_ref().is_some_and(|ready| !ready()) {
            return Err(GatewayError::Unavailable("the embedded model is loading, or being started again".to_owned()));
        }
        // An address in the register never stands in for the engine of this machine: data would leave it.
        if host.embedded && access.base_url.is_none() {
            return Err(GatewayError::Unavailable("this node runs no embedded model".to_owned()));
        }
        let base = access.base_url.as_deref().unwrap_or(&host.base_url).trim_end_matches('/');
        Ok(Self {
            url: format!("{base}{}", endpoint.path()),
            host: model.host.clone(),
            version: version.label.clone(),
            served: access.served.get(asked).cloned().unwrap_or_else(|| asked.to_owned()),
            api_key: access.api_key.clone(),
            stream_usage: access.stream_usage,
            takes_files: host.embedded || access.takes_files,
            strictness: access.strictness.unwrap_or_else(|| Strictness::of(host.embedded)),
            traffic: access.traffic,
            price: access.prices.get(asked).copied(),
            embedded: host.embedded,
            country: host.country.clone(),
            active_billions: model.active_billions,
            total_billions: model.total_billions,
            cpu: access.cpu.clone(),
        })
    }
}
