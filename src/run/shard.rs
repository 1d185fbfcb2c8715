//! `--shard 2/8`: which articles of the input are this machine's. "kho.jsonl:17" belongs to one shard of eight, always
//! the same one, so eight machines that see the same input read every article once without asking each other.

use std::str::FromStr;

use sha2::{Digest, Sha256};

/// One of several equal parts of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// From 1.
    number: u32,
    of: u32,
}

impl Shard {
    /// Whether it has the article at `place` (its source after the path that was typed) under the `path`th path.
    #[must_use]
    pub fn has(self, path: usize, place: &str) -> bool {
        let digest = Sha256::digest(format!("{path}\0{place}").as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        u64::from_be_bytes(first) % u64::from(self.of) == u64::from(self.number - 1)
    }
}

impl FromStr for Shard {
    type Err = String;

    fn from_str(typed: &str) -> Result<Self, String> {
        let numbers = typed.split_once('/').and_then(|(number, of)| Some((number.parse().ok()?, of.parse().ok()?)));
        match numbers {
            Some((number, of)) if (1..=of).contains(&number) => Ok(Self { number, of }),
            _ => Err("expected i/n with i from 1 to n, such as 2/8".to_owned()),
        }
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_article_is_in_one_shard() {
        let shards: Vec<Shard> = ["1/3", "2/3", "3/3"].iter().map(|typed| typed.parse().unwrap()).collect();
        let mut sizes = [0; 3];
        for n in 0..3000 {
            let has: Vec<usize> = (0..3).filter(|&i| shards[i].has(0, &format!(":{n}"))).collect();
            assert_eq!(has.len(), 1);
            sizes[has[0]] += 1;
        }
        assert!(sizes.iter().all(|size| (900..1100).contains(size)), "{sizes:?}");
    }

    #[test]
    fn a_shard_must_be_one_of_them() {
        for wrong in ["0/3", "4/3", "1", "a/b", "1/0", "-1/2"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }
}
