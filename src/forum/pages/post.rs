//! One Post: answering it, editing, deleting and restoring it, each a page or a form of its own.

use askama::Template;
use axum::extract::Path;
use serde::Deserialize;

use super::topic::ReplyForm;
use crate::error::{Error, Result};
use crate::forum::rules::checked_text;
use crate::forum::{self, DeletePost, EditPost, Post, PostId, RestorePost, TopicId};
use crate::secret;
use crate::web::{Answer, Context, Form, Page, Wrongs, html, redirect, wrong_form};

#[derive(Template)]
#[template(path = "forum/reply.html")]
struct ReplyPage {
    page: Page,
    post: Post,
    form: ReplyForm,
    preview: Option<String>,
}

/// Answering one Post, as a page (GET /posts/{id}/reply).
pub async fn reply_form(context: Context, Path(id): Path<PostId>) -> Answer {
    let page = context.page(&[]).await?;
    let post = forum::post(&context.site.db, &context.reader, id).await?;
    if post.deleted_at.is_some() {
        return Ok(redirect(&post.href()));
    }
    let form = ReplyForm { key: secret::token(), parent: post.number.to_string(), ..Default::default() };
    html(&ReplyPage { page, post, form, preview: None })
}

/// How a reply will look, with the form to go on writing.
pub async fn preview(context: &Context, topic: TopicId, form: ReplyForm) -> Answer {
    let page = context.page(&[]).await?;
    let number = form.parent.parse().unwrap_or(1);
    let post = forum::post_numbered(&context.site.db, &context.reader, topic, number).await?;
    let preview = Some(context.render(&form.body).await?.0);
    html(&ReplyPage { page, post, form, preview })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct EditForm {
    body: String,
    version: i64,
}

#[derive(Template)]
#[template(path = "forum/edit.html")]
struct EditPage {
    page: Page,
    post: Post,
    form: EditForm,
    wrongs: Wrongs,
}

/// The editor of one's own Post (GET /posts/{id}/edit).
pub async fn edit_form(context: Context, Path(id): Path<PostId>) -> Answer {
    let page = context.page(&[]).await?;
    let post = own(&context, id).await?;
    let form = EditForm { body: post.source.clone(), version: post.version };
    html(&EditPage { page, post, form, wrongs: Wrongs::default() })
}

async fn own(context: &Context, id: PostId) -> Result<Post> {
    let post = forum::post(&context.site.db, &context.reader, id).await?;
    if post.author != context.reader.id() {
        return Err(Error::NotAllowed);
    }
    Ok(post)
}

/// Saves one's own Post (POST /posts/{id}/edit).
pub async fn edit(context: Context, Path(id): Path<PostId>, Form(form): Form<EditForm>) -> Answer {
    context.count_write()?;
    let saved = match checked_text(&form.body) {
        Ok(source) => {
            let rendered = context.render(&source).await?;
            context.site.write(EditPost { by: (*context.reader).clone(), post: id, version: form.version, source, rendered }).await
        }
        Err(wrong) => Err(Error::Invalid(vec![wrong])),
    };
    match saved {
        Ok(href) => Ok(redirect(&href)),
        Err(error) => {
            let wrongs = Wrongs::of(error)?;
            let page = context.page(&[]).await?;
            let post = own(&context, id).await?;
            wrong_form(&EditPage { page, post, form, wrongs })
        }
    }
}

/// Deletes a Post (POST /posts/{id}/delete); its place keeps the offer to undo.
pub async fn delete(context: Context, Path(id): Path<PostId>) -> Answer {
    let href = context.site.write(DeletePost { by: (*context.reader).clone(), post: id }).await?;
    Ok(redirect(&href))
}

/// Undoes a deletion (POST /posts/{id}/restore).
pub async fn restore(context: Context, Path(id): Path<PostId>) -> Answer {
    let href = context.site.write(RestorePost { by: (*context.reader).clone(), post: id }).await?;
    Ok(redirect(&href))
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct PreviewForm {
    body: String,
}

/// Markdown as it will look, for the composer's module (POST /preview).
pub async fn preview_fragment(context: Context, Form(form): Form<PreviewForm>) -> Answer {
    use axum::response::IntoResponse;
    context.member()?;
    context.count_write()?;
    Ok(axum::response::Html(context.render(&form.body).await?.0).into_response())
}

