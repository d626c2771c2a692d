//! Joining, signing in and out, settings, and what admins decide.

use crate::both_databases;
use crate::support::TestSite;

both_databases!(someone_joins_and_confirms_by_mail);

async fn someone_joins_and_confirms_by_mail(site: TestSite) {
    let eva = site.visitor();
    let answer = eva.post("/register", &[("name", "Eva"), ("email", "nowhere")]).await;
    answer.is(422).shows("Write an address like").shows("value=\"Eva\"");
    let answer = eva.post("/register", &[("name", "Eva Novak"), ("email", "eva@graz.example"), ("password", "a long password")]).await;
    answer.is(200).shows("We have sent you a mail");
    let again = site.visitor().post("/register", &[("name", "Other"), ("email", "Eva@Graz.example"), ("password", "another password")]).await;
    again.is(200).shows("We have sent you a mail");
}
