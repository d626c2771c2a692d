//! What admins did about people and Organisations, in words.

use super::kinds::People;
use super::{OrganisationId, organisation, present};
use crate::app::Site;
use crate::audit::{Audits, Line};
use crate::error::Result;
use crate::journal::{Entry, Kind, Reads};
use crate::live::BoxFuture;
use crate::people::Reader;
use crate::values;
use crate::web::Words;

/// The people's part in the audit log.
pub struct Audit;

impl Audits for Audit {
    fn kinds(&self) -> &'static [&'static str] {
        &["people.role_changed", "people.practitioner_changed", "people.measure_taken", "people.organisation_added", "people.organisation_changed", "people.organisation_merged", "people.steward_changed"]
    }

    fn line<'a>(&'a self, site: &'a Site, reader: &'a Reader, entry: &'a Entry) -> BoxFuture<'a, Result<Option<Line>>> {
        Box::pin(async move {
            let words = Words(reader.language);
            let Some(kind) = People::of(entry) else { return Ok(None) };
            let key = match &kind {
                People::RoleChanged { role: Some(role), .. } => format!("log-role-{role}"),
                People::RoleChanged { .. } => "log-role".into(),
                People::PractitionerChanged { is_practitioner: Some(true), .. } => "log-practitioner-yes".into(),
                People::PractitionerChanged { is_practitioner: Some(false), .. } => "log-practitioner-no".into(),
                People::PractitionerChanged { .. } => "log-practitioner".into(),
                People::MeasureTaken { what, .. } => format!("log-measure-{what}"),
                People::OrganisationAdded { .. } => "log-organisation-added".into(),
                People::OrganisationChanged { .. } => "log-organisation-changed".into(),
                People::OrganisationMerged { .. } => "log-organisation-merged".into(),
                People::StewardChanged { .. } => "log-steward".into(),
                _ => return Ok(None),
            };
            let (name, href) = match &kind {
                People::OrganisationAdded { organisation: id } | People::OrganisationChanged { organisation: id } | People::OrganisationMerged { organisation: id, .. } | People::StewardChanged { organisation: id, .. } => of_organisation(site, *id).await?,
                _ => of_member(site, entry.about).await?,
            };
            let reason: Option<String> = match &kind {
                People::MeasureTaken { measure, .. } => site.db.value("SELECT reason FROM measure WHERE id = $1", values![*measure]).await?,
                _ => None,
            };
            Ok(Some(Line { says: words.t1(&key, "name", name), href: Some(href), reason }))
        })
    }
}

async fn of_member(site: &Site, id: i64) -> Result<(String, String)> {
    let (name, handle) = crate::audit::named(&site.db, id).await?.unwrap_or_default();
    Ok((name, format!("/admin/people/{handle}")))
}

async fn of_organisation(site: &Site, id: i64) -> Result<(String, String)> {
    let id = present(&site.db, OrganisationId(id)).await?.unwrap_or(OrganisationId(id));
    let name = organisation(&site.db, id).await?.map(|organisation| organisation.name).unwrap_or_default();
    Ok((name, format!("/organisations/{id}")))
}
