//! Opening a Dialogue: its question and its Stages. The first ones gather at once.

use crate::clock::Instant;
use crate::dialogues::kinds::Dialogues;
use crate::dialogues::{DialogueId, StageId, StageState};
use crate::error::{Error, Result};
use crate::forum::{SpaceId, allows, space};
use crate::journal::{Act, MaybeId, Tx};
use crate::people::{Level, MemberId, OrganisationId, Reader, present};
use crate::values;
use crate::web::Rendered;

/// A Stage to be.
#[derive(Clone, Debug)]
pub struct NewStage {
    /// Those with the same position stand side by side.
    pub position: i64,
    pub name: String,
    pub level: Level,
    pub organisation: Option<OrganisationId>,
    pub closes_at: Instant,
    pub quorum: i64,
    pub disagree_most: i64,
}

/// A new Dialogue. Admins open them, and those who keep order in the Space.
pub struct OpenDialogue {
    pub by: Reader,
    pub space: SpaceId,
    pub title: String,
    pub question: String,
    pub background: String,
    pub rendered: Rendered,
    pub language: String,
    pub leads: Vec<MemberId>,
    pub stages: Vec<NewStage>,
}

impl Act for OpenDialogue {
    type Answer = (DialogueId, Vec<StageId>);

    async fn run(&self, tx: &Tx) -> Result<(DialogueId, Vec<StageId>)> {
        let by = self.by.signed_in()?.id;
        let space = space(tx, &self.by, self.space).await?;
        allows(&self.by, space.place(), space.may_open)?;
        let dialogue = tx
            .insert(
                "INSERT INTO dialogue (space, title, question, background, background_html, language, created_by, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
                values![
                    self.space,
                    self.title.clone(),
                    self.question.clone(),
                    self.background.clone(),
                    self.rendered.0.clone(),
                    self.language.clone(),
                    by,
                    tx.now()
                ],
            )
            .await?;
        for lead in std::iter::once(&by).chain(&self.leads) {
            let sql = "INSERT INTO dialogue_lead (dialogue, member) VALUES ($1, $2) ON CONFLICT (dialogue, member) DO NOTHING";
            tx.write(sql, values![dialogue, *lead]).await?;
        }
        let first = self.stages.iter().map(|stage| stage.position).min().unwrap_or(1);
        let mut stages = Vec::new();
        for stage in &self.stages {
            let state = if stage.position == first { StageState::Gather } else { StageState::Planned };
            let organisation = match stage.organisation {
                // A form may be older than a merge.
                Some(chosen) => Some(present(tx, chosen).await?.ok_or_else(|| Error::conflict("wrong-organisation"))?),
                None => None,
            };
            let id = tx
                .insert(
                    "INSERT INTO stage (dialogue, position, name, level, organisation, state, closes_at, quorum, disagree_most, version, contributions)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0) RETURNING id",
                    values![
                        dialogue,
                        stage.position,
                        stage.name.clone(),
                        stage.level,
                        MaybeId(organisation.map(|id| id.0)),
                        state,
                        stage.closes_at,
                        stage.quorum,
                        stage.disagree_most
                    ],
                )
                .await?;
            stages.push(StageId(id));
        }
        tx.record(Some(by.0), &Dialogues::Opened { dialogue, space: self.space.0 }).await?;
        Ok((DialogueId(dialogue), stages))
    }
}
