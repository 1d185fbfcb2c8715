//! The options for archives and tables: `--column text=noi_dung` says where the text of a row stands.

use super::arguments::Inputs;
use crate::article::document::{Options, Role};
use crate::error::Error;

/// Takes over what was typed.
pub(super) fn apply(typed: &Inputs, options: &mut Options) -> Result<(), Error> {
    for column in &typed.columns {
        options.columns.push(role(column)?);
    }
    options.max_depth = typed.max_depth.unwrap_or(options.max_depth);
    options.max_ratio = typed.max_ratio.unwrap_or(options.max_ratio);
    options.max_unpacked = typed.max_unpacked.unwrap_or(options.max_unpacked);
    options.max_spool = typed.max_spool.unwrap_or(options.max_spool);
    Ok(())
}

/// A role and the name of its column.
fn role(typed: &str) -> Result<(Role, String), Error> {
    let found = typed.split_once('=').and_then(|(role, name)| Some((Role::of(role.trim())?, name.trim().to_owned())));
    found.filter(|(_, name)| !name.is_empty()).ok_or_else(|| {
        let roles: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
        Error::Usage(format!("--column: expected ROLE=NAME with a role of {}, found '{typed}'", roles.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_role_and_a_name() {
        assert_eq!(role("date=Ngày đăng").unwrap(), (Role::Published, "Ngày đăng".to_owned()));
        for wrong in ["noi_dung", "văn=noi_dung", "text="] {
            let message = role(wrong).unwrap_err().to_string();
            assert!(message.contains("text, html, title") && message.contains(wrong), "{message}");
        }
    }
}
