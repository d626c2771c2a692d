//! Where a restored site will be: empty before, and as it was if the restore fails.

use std::fs::OpenOptions;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::journal::NewDatabase;
use crate::keeping::Fault;

/// The folder inside the data folder in which files wait until all is there.
const WAITING: &str = ".restoring";
/// What may be in an "empty" folder: a fresh ext4 has its own.
const NOTHING: &[&str] = &["lost+found"];

/// A data folder and a database's place, taken for a restore; given back when dropped before [`Place::settle`].
pub struct Place {
    data: PathBuf,
    /// Whether the folder was made for this restore.
    is_new: bool,
    /// SQLite: the file while it fills, and the name that it will have.
    database: Option<(PathBuf, PathBuf)>,
    placed: Vec<PathBuf>,
    is_settled: bool,
}

impl Place {
    /// Takes an empty folder, which need not be there yet, and looks whether a SQLite file is in the way.
    ///
    /// # Errors
    /// [`Fault::NotEmpty`]; a restore that was killed leaves nothing that counts.
    pub fn take(data: &Path, database_url: &str) -> Result<Self, Fault> {
        let failed = |e: std::io::Error| Fault::Disk(format!("{}: {e}", data.display()));
        let database = database_url.strip_prefix("sqlite:").map(PathBuf::from).map(|path| {
            let mut filling = path.clone().into_os_string();
            filling.push(WAITING);
            (PathBuf::from(filling), path)
        });
        if let Some((_, path)) = &database
            && path.exists()
        {
            return Err(Fault::NotEmpty(format!("{} is there already", path.display())));
        }
        let is_new = !data.exists();
        if !is_new {
            let own = |path: &Path| path == data.join(WAITING) || database.as_ref().is_some_and(|(filling, _)| path == filling);
            for entry in std::fs::read_dir(data).map_err(failed)? {
                let entry = entry.map_err(failed)?;
                let name = entry.file_name();
                if !own(&entry.path()) && !NOTHING.iter().any(|nothing| name == *nothing) {
                    return Err(Fault::NotEmpty(format!("{} isn't empty (it holds {})", data.display(), name.to_string_lossy())));
                }
            }
        }
        let place = Self { data: data.to_owned(), is_new, database, placed: Vec::new(), is_settled: false };
        place.clear();
        std::fs::create_dir_all(place.files()).map_err(failed)?;
        Ok(place)
    }

    /// The SQLite file to fill; `None` on PostgreSQL.
    pub fn database(&self) -> Option<&Path> {
        self.database.as_ref().map(|(filling, _)| filling.as_path())
    }

    /// Where files wait.
    pub fn files(&self) -> PathBuf {
        self.data.join(WAITING)
    }

    /// Puts everything where it belongs, the database last: what is killed before that is no site.
    pub async fn settle(mut self, database: NewDatabase) -> Result<(), Fault> {
        let failed = |e: std::io::Error| Fault::Disk(e.to_string());
        for entry in std::fs::read_dir(self.files()).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let at = self.data.join(entry.file_name());
            std::fs::rename(entry.path(), &at).map_err(failed)?;
            self.placed.push(at);
        }
        std::fs::remove_dir(self.files()).map_err(failed)?;
        sync(&self.data)?;
        database.commit().await?;
        if let Some((filling, path)) = &self.database {
            std::fs::File::open(filling).and_then(|file| file.sync_all()).map_err(failed)?;
            std::fs::rename(filling, path).map_err(failed)?;
            sync(path.parent().unwrap_or(&self.data))?;
        }
        self.is_settled = true;
        Ok(())
    }

    /// Removes what this or a killed restore put here.
    fn clear(&self) {
        let _ = std::fs::remove_dir_all(self.files());
        for path in &self.placed {
            let _ = if path.is_dir() { std::fs::remove_dir_all(path) } else { std::fs::remove_file(path) };
        }
        if let Some((filling, _)) = &self.database {
            let _ = std::fs::remove_file(filling);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.is_settled {
            return;
        }
        self.clear();
        if self.is_new {
            let _ = std::fs::remove_dir(&self.data);
        }
    }
}

/// Writes a file that a backup holds, for its owner alone, down to the disk.
pub fn keep(path: &Path, content: &mut dyn Read) -> Result<(), Fault> {
    let failed = |e: std::io::Error| Fault::Disk(format!("{}: {e}", path.display()));
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(failed)?;
    std::io::copy(content, &mut file).and_then(|_| file.sync_all()).map_err(failed)
}

fn sync(folder: &Path) -> Result<(), Fault> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    std::fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|e| Fault::Disk(format!("{}: {e}", folder.display())))
}
