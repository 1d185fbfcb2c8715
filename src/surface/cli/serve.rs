//! `solieu serve figures.sqlite`: the desk at `http://127.0.0.1:7878/`, until Ctrl-C.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use super::arguments::Serve;
use super::{End, lexicon};
use crate::error::Error;
use crate::surface::web::{self, Settings};

/// Runs `serve`.
pub(super) fn serve(what: &Serve) -> Result<End, Error> {
    let ip = what.host.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if !ip.is_loopback() && !what.open_to_network {
        return Err(Error::Usage(format!(
            "--host: expected an address of this machine alone (127.0.0.1), found {ip}: whoever reaches it could read and \
             change what is on the desk; --open-to-network says that this is meant"
        )));
    }
    let lexicon = lexicon::added(what.lexicon.as_deref())?;
    let settings = Settings { address: SocketAddr::new(ip, what.port), database: what.database.clone(), lexicon };
    web::serve(settings, |address, desk| {
        let mut out = std::io::stdout();
        let kept = match desk.name() {
            Some(_) => format!("Giữ trong / kept in {}", desk.path().display()),
            None => {
                "Chỉ giữ tạm, mất khi tắt / kept only until this ends (solieu serve figures.sqlite keeps)".to_owned()
            }
        };
        // Whoever does not listen still gets the pages.
        let _ = writeln!(out, "http://{address}/\n{kept}\nCtrl-C để dừng / to stop").and_then(|()| out.flush());
    })?;
    Ok(End::Done)
}
