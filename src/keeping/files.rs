//! Which files of the data folder a backup holds: the site's secret, and all below `files/`, where whatever people
//! upload will live. The database is kept as rows; the file `epoch` belongs to the copy that runs.

use std::path::{Path, PathBuf};

use super::Fault;

/// The file that signs addresses which must be recomputed ([`crate::secret`]).
pub const SECRET: &str = "secret";
/// The folder whose content is kept as it is.
pub const FOLDER: &str = "files";

/// Name (below the data folder, with `/`) and place of every file, in the order of the names.
pub fn all(data: &Path) -> Result<Vec<(String, PathBuf)>, Fault> {
    let mut found = Vec::new();
    let secret = data.join(SECRET);
    if secret.is_file() {
        found.push((SECRET.to_owned(), secret));
    }
    if data.join(FOLDER).is_dir() {
        walk(&data.join(FOLDER), FOLDER, &mut found)?;
    }
    found.sort();
    Ok(found)
}

fn walk(folder: &Path, name: &str, found: &mut Vec<(String, PathBuf)>) -> Result<(), Fault> {
    let failed = |e: std::io::Error| Fault::Disk(format!("{}: {e}", folder.display()));
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let kind = entry.file_type().map_err(failed)?;
        let name = entry.file_name().to_str().map(|own| format!("{name}/{own}"));
        let name = name.ok_or_else(|| Fault::Disk(format!("{} has a name that is no text", entry.path().display())))?;
        match kind {
            kind if kind.is_dir() => walk(&entry.path(), &name, found)?,
            kind if kind.is_file() => found.push((name, entry.path())),
            _ => {} // a link leads out of the folder
        }
    }
    Ok(())
}
