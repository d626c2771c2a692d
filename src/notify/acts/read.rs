//! Notices that no longer wait: marked by hand, or because the thing itself was read or removed.

use crate::error::Result;
use crate::journal::{Act, Reads, Tx};
use crate::notify::kinds::Notify;
use crate::people::MemberId;
use crate::values;

/// Notices marked in one act at most; more are marked by pressing again.
const AT_ONCE: i64 = 500;

/// Marks one's own notices as read: one, or all there are by now.
pub struct MarkNoticesRead {
    pub by: MemberId,
    /// `None`: all.
    pub notice: Option<i64>,
}

impl Act for MarkNoticesRead {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        let (from, to) = self.notice.map_or((0, i64::MAX), |notice| (notice, notice));
        let sql = "SELECT id FROM notification WHERE member = $1 AND read_at IS NULL AND id >= $2 AND id <= $3 ORDER BY id DESC LIMIT $4";
        let notices: Vec<i64> = tx.column(sql, values![self.by, from, to, AT_ONCE]).await?;
        mark(tx, self.by, notices).await
    }
}

/// For a domain's own act: these things of its were read, so their notices no longer wait.
pub async fn things_read(tx: &Tx, member: MemberId, domain: &str, things: &[String]) -> Result<()> {
    if things.is_empty() {
        return Ok(());
    }
    let sql = "SELECT id, thing FROM notification WHERE member = $1 AND read_at IS NULL AND domain = $2 ORDER BY id DESC LIMIT $3";
    let rows = tx.rows(sql, values![member, domain, AT_ONCE]).await?;
    let mut notices = Vec::new();
    for row in rows {
        let (id, thing): (i64, String) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        if things.contains(&thing) {
            notices.push(id);
        }
    }
    mark(tx, member, notices).await
}

/// For a domain's own act: this thing of its was removed, or came back. Whoever it waits for hears so on every device; the
/// notice stays unread, so that it waits again when the thing comes back.
pub async fn thing_changed(tx: &Tx, domain: &str, thing: &str) -> Result<()> {
    let sql = "SELECT member, id FROM notification WHERE thing = $1 AND domain = $2 AND read_at IS NULL ORDER BY id";
    for row in tx.rows(sql, values![thing, domain]).await? {
        let (member, notice): (i64, i64) = (row.try_get_by_index(0)?, row.try_get_by_index(1)?);
        tx.record(None, &Notify::Noticed { member, notice }).await?;
    }
    Ok(())
}

async fn mark(tx: &Tx, member: MemberId, notices: Vec<i64>) -> Result<()> {
    if notices.is_empty() {
        return Ok(());
    }
    let list: Vec<String> = notices.iter().map(ToString::to_string).collect();
    let sql = format!("UPDATE notification SET read_at = $2 WHERE member = $1 AND id IN ({})", list.join(", "));
    tx.write(&sql, values![member, tx.now()]).await?;
    tx.record(Some(member.0), &Notify::Read { member: member.0, notices }).await.map(|_| ())
}
