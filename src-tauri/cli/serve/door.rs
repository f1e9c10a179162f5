//! Who may come in: the one-time address, the cookie it gives, and the names a request must come by.

use std::sync::Mutex;
use tiny_http::{Method, Request};

/// What a request is let do.
pub enum Entry {
    /// Came by the one-time address: gets this cookie.
    New(String),
    Known,
    /// Status and words.
    Refused(u16, &'static str),
}

/// Guards one server.
pub struct Door {
    port: u16,
    /// The token of the address; none once it was used.
    token: Mutex<Option<String>>,
    /// What the address prints; the same token.
    first: String,
    cookie: String,
}

impl Door {
    /// A door with secrets of its own. Errors: when the system gives no random bytes.
    pub fn new(port: u16) -> Result<Door, getrandom::Error> {
        let first = secret()?;
        Ok(Door { port, token: Mutex::new(Some(first.clone())), first, cookie: secret()? })
    }

    /// The address to open, with the token that works once.
    pub fn address(&self) -> String {
        format!("http://{}/?token={}", self.host(), self.first)
    }

    /// Looks at names first, then at secrets: a page of another origin learns nothing of either.
    pub fn admit(&self, request: &Request) -> Entry {
        if header(request, "Host") != Some(&self.host()) {
            return Entry::Refused(403, "Stet answers to 127.0.0.1 alone.");
        }
        let origin = header(request, "Origin");
        let is_own = origin.is_some_and(|origin| origin == format!("http://{}", self.host()));
        // A browser names the origin of every POST; a GET from our own page may come without.
        if (origin.is_some() || *request.method() != Method::Get) && !is_own {
            return Entry::Refused(403, "Stet answers its own page alone.");
        }
        if self.has_cookie(request) {
            return match token_of(request.url()) {
                Some(_) => Entry::New(self.cookie_header()),
                None => Entry::Known,
            };
        }
        match token_of(request.url()) {
            Some(token) if *request.method() == Method::Get && self.spend(token) => Entry::New(self.cookie_header()),
            Some(_) => Entry::Refused(403, "This address was used already. Start stet serve again for a new one."),
            None => Entry::Refused(401, "Open the address that stet serve printed."),
        }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Cookies know no ports: the name does, so that two desks can be open at once.
    fn cookie_name(&self) -> String {
        format!("stet-{}", self.port)
    }

    fn cookie_header(&self) -> String {
        format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.cookie)
    }

    fn has_cookie(&self, request: &Request) -> bool {
        let cookies = header(request, "Cookie").unwrap_or_default().split(';');
        let own = cookies.filter_map(|cookie| cookie.trim().split_once('='));
        own.filter(|(name, _)| *name == self.cookie_name()).any(|(_, value)| is_same(value, &self.cookie))
    }

    fn spend(&self, token: &str) -> bool {
        let mut kept = self.token.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_right = kept.as_deref().is_some_and(|kept| is_same(kept, token));
        if is_right {
            *kept = None;
        }
        is_right
    }
}

/// 256 random bits, as hexadecimal digits; for a nonce too.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn header<'r>(request: &'r Request, name: &'static str) -> Option<&'r str> {
    request.headers().iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
}

fn token_of(url: &str) -> Option<&str> {
    let (path, query) = url.split_once('?')?;
    if path == "/" { query.split('&').find_map(|pair| pair.strip_prefix("token=")) } else { None }
}

/// Takes as long for a wrong secret as for a right one.
fn is_same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}
