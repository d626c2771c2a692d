//! Comparing a page with the one that was looked at closely: the same bytes, but for the token that each form gets.

use std::ops::Range;

use crate::Said;

/// A page, and where its fresh token stands.
pub struct Masked {
    page: Vec<u8>,
    token: Range<usize>,
}

impl Masked {
    pub fn new(page: &[u8]) -> Self {
        const BEFORE: &[u8] = b"name=\"key\" value=\"";
        let start = page.windows(BEFORE.len()).position(|window| window == BEFORE).map(|at| at + BEFORE.len());
        let token = start.map_or(0..0, |start| start..page[start..].iter().position(|byte| *byte == b'"').map_or(start, |length| start + length));
        Self { page: page.to_vec(), token }
    }

    /// Fails where `page` differs outside of the token.
    pub fn check(&self, page: &[u8]) -> Said<()> {
        let Range { start, end } = self.token;
        let same = page.len() == self.page.len() && page[..start] == self.page[..start] && page[end..] == self.page[end..];
        if same { Ok(()) } else { Err(format!("another page than expected ({} bytes, not {})", page.len(), self.page.len()).into()) }
    }
}
