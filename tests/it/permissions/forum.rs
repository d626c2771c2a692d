//! The forum: Spaces, Topics, Posts.

use plenary::forum::{DeletePost, PostId, Reply, SetSpacePerson, SpaceId, StartTopic, TopicId};
use plenary::journal::{FormKey, Reads};
use plenary::people::MemberId;
use plenary::people::rights::Layer;
use plenary::{secret, values};
use plenary::web::render_markdown;

use super::rows::{no_id, none};
use super::{Case, Made, Object, Row, get, post, room};

#[rustfmt::skip]
pub fn rows() -> Vec<Row> {
    vec![
        //                                       visitor, member, practitioner, moderator, admin
        get("/spaces", none).gives([200; 5]),
        get("/spaces/{id}", space).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/admin/spaces", none).gives([401, 403, 403, 403, 200]),
        post("/admin/spaces", none).form("title-en=A place&layer=public&language=&may_start=members&may_reply=members&may_schedule=practitioners&may_open=admins").gives([401, 403, 403, 403, 303]),
        get("/admin/spaces/new", none).gives([401, 403, 403, 403, 200]),
        // There are Spaces already.
        post("/admin/spaces/template", none).gives([401, 403, 403, 403, 422]),
        post("/admin/spaces/{id}/move", space).form("do=up").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).layered([401, 403, 403, 403, 303]).named([401, 403, 403, 403, 303]).private([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins run all"),
        post("/admin/spaces/{id}/archive", space).form("do=archive").own([401, 403, 403, 403, 303]).others([401, 403, 403, 403, 303]).layered([401, 403, 403, 403, 303]).named([401, 403, 403, 403, 303]).private([401, 403, 403, 403, 303]).missing([401, 403, 403, 403, 404], "admins run all"),
        // Its own Moderators, those of the whole site where they see it, and admins: private ones are theirs to run, not to read.
        get("/spaces/{id}/settings", space).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).private([401, 404, 404, 404, 200]).missing([401, 404, 404, 404, 404], "admins run all"),
        post("/spaces/{id}/settings", space).form("title-en=").own([401, 422, 422, 422, 422]).others([401, 403, 403, 422, 422]).layered([401, 404, 403, 422, 422]).named([401, 403, 403, 422, 422]).private([401, 404, 404, 404, 422]).missing([401, 404, 404, 404, 404], "admins run all"),
        get("/spaces/{id}/people", space).own([401, 200, 200, 200, 200]).others([401, 403, 403, 200, 200]).layered([401, 404, 403, 200, 200]).named([401, 403, 403, 200, 200]).private([401, 404, 404, 404, 200]).missing([401, 404, 404, 404, 404], "admins run all"),
        post("/spaces/{id}/people", space).form("who=nobody-here").own([401, 422, 422, 422, 422]).others([401, 403, 403, 422, 422]).layered([401, 404, 403, 422, 422]).named([401, 403, 403, 422, 422]).private([401, 404, 404, 404, 422]).missing([401, 404, 404, 404, 404], "admins run all"),
        post("/spaces/{id}/people/{handle}", space_person).form("do=remove").own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).private([401, 404, 404, 404, 303]).missing([401, 404, 404, 404, 404], "admins run all"),
        get("/spaces/{id}/topics/new", space).own([401, 200, 200, 200, 200]).others([401, 200, 200, 200, 200]).layered([401, 404, 200, 200, 200]).named([401, 200, 200, 200, 200]).hidden([401, 404, 404, 404, 404]),
        post("/spaces/{id}/topics", space).form("title=A title&body=A body&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        get("/topics/{id}", topic).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        get("/topics/{id}/{slug}", topic).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        post("/topics/{id}/posts", topic).form("body=Hello&key={key}").own([401, 303, 303, 303, 303]).others([401, 303, 303, 303, 303]).layered([401, 404, 303, 303, 303]).named([401, 303, 303, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/topics/{id}/read", topic).form("numbers=1").own([401, 204, 204, 204, 204]).others([401, 204, 204, 204, 204]).layered([401, 404, 204, 204, 204]).named([401, 204, 204, 204, 204]).hidden([401, 404, 404, 404, 404]),
        get("/posts/{id}/reply", a_post).own([401, 200, 200, 200, 200]).others([401, 200, 200, 200, 200]).layered([401, 404, 200, 200, 200]).named([401, 200, 200, 200, 200]).hidden([401, 404, 404, 404, 404]),
        get("/posts/{id}/edit", a_post).own([401, 200, 200, 200, 200]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        post("/posts/{id}/edit", a_post).form("body=Other words&version=1").own([401, 303, 303, 303, 303]).others([401, 403, 403, 403, 403]).layered([401, 404, 403, 403, 403]).named([401, 403, 403, 403, 403]).hidden([401, 404, 404, 404, 404]),
        post("/posts/{id}/delete", a_post).own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/posts/{id}/restore", a_deleted_post).own([401, 303, 303, 303, 303]).others([401, 403, 403, 303, 303]).layered([401, 404, 403, 303, 303]).named([401, 403, 403, 303, 303]).hidden([401, 404, 404, 404, 404]),
        post("/preview", none).form("body=*Hello*").gives([401, 200, 200, 200, 200]),
    ]
}

#[rustfmt::skip]
pub fn rooms() -> Vec<Row> {
    vec![
        room("space:{id}", space).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
        room("topic:{id}", topic).own([200; 5]).others([200; 5]).layered([404, 404, 200, 200, 200]).named([404, 200, 200, 200, 200]).hidden([404; 5]),
    ]
}

/// The Space of a try; its own is one that the actor moderates. `None` where it has to be missing.
pub async fn new_space(case: &Case<'_>) -> Option<SpaceId> {
    let layer = match case.object {
        Object::Missing | Object::Nothing => return None,
        Object::Own | Object::Others => Layer::Public,
        Object::Layered => Layer::Practitioners,
        Object::Named | Object::Private => Layer::Private,
    };
    Some(case.site.space("A quiet place", layer).await)
}

/// Names somebody in a Space.
pub async fn name(case: &Case<'_>, space: SpaceId, member: MemberId, moderates: bool) {
    case.site.site.write(SetSpacePerson { by: None, space, member, moderates }).await.unwrap();
}

pub fn space<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let Some(space) = new_space(case).await else { return vec![("id", no_id())] };
        if let (Object::Own | Object::Named, Some(actor)) = (case.object, case.actor.id) {
            name(case, space, actor, case.object == Object::Own).await;
        }
        vec![("id", space.to_string())]
    })
}

/// The same with two more people, the second of whom is meant.
fn space_person<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let mut made = space(case).await;
        let mut handle = "nobody-here".to_owned();
        if let Some(id) = made.first().and_then(|(_, id)| id.parse().ok()).filter(|_| case.object != Object::Missing) {
            for _ in 0..2 {
                let other = case.other().await;
                name(case, SpaceId(id), other, true).await;
                handle = case.reader(other).await.member.map(|member| member.handle.clone()).unwrap_or_default();
            }
        }
        made.push(("handle", handle));
        made
    })
}

/// A Topic in the Space of a try, and who wrote it.
pub async fn new_topic(case: &Case<'_>) -> Option<(TopicId, MemberId)> {
    let space = new_space(case).await?;
    let owner = case.owner().await;
    if matches!(case.object, Object::Named | Object::Private) {
        name(case, space, owner, false).await;
    }
    if let (Object::Named, Some(actor)) = (case.object, case.actor.id) {
        name(case, space, actor, false).await;
    }
    let act = StartTopic {
        by: case.reader(owner).await,
        space,
        title: "A quiet title".into(),
        tags: String::new(),
        language: "en".into(),
        source: "Quiet words".into(),
        rendered: render_markdown("Quiet words"),
        key: FormKey::of(&secret::token(), &[]),
    };
    Some((case.site.site.write(act).await.unwrap().0, owner))
}

pub fn topic<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let id = new_topic(case).await.map_or_else(no_id, |(topic, _)| topic.to_string());
        vec![("id", id), ("slug", "a-quiet-title".into())]
    })
}

/// A reply in the Topic of a try, by the same person.
async fn new_post(case: &Case<'_>) -> Option<(PostId, MemberId)> {
    let (topic, owner) = new_topic(case).await?;
    let act = Reply {
        by: case.reader(owner).await,
        topic,
        parent: None,
        source: "A quiet reply".into(),
        rendered: render_markdown("A quiet reply"),
        key: FormKey::of(&secret::token(), &[]),
    };
    Some((case.site.site.write(act).await.unwrap().post, owner))
}

fn a_post<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move { vec![("id", new_post(case).await.map_or_else(no_id, |(post, _)| post.to_string()))] })
}

/// Deleted by whoever wrote it.
fn a_deleted_post<'a>(case: &'a Case<'a>) -> Made<'a> {
    Box::pin(async move {
        let Some((post, owner)) = new_post(case).await else { return vec![("id", no_id())] };
        case.site.site.write(DeletePost { by: case.reader(owner).await, post }).await.unwrap();
        let deleted = "SELECT id FROM post WHERE id = $1 AND deleted_at IS NOT NULL";
        assert!(case.site.site.db.value::<i64>(deleted, values![post]).await.unwrap().is_some());
        vec![("id", post.to_string())]
    })
}
