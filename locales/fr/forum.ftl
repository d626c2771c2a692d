spaces-title = Espaces
spaces-none = Il n’y a pas encore d’espaces.
layer-public = Public
layer-practitioners = Praticiens
layer-private = Privé
space-empty = Personne n’a encore lancé de sujet ici.
space-sign-in = Les membres peuvent lancer des sujets et répondre.
topics = Sujets
topic-start = Lancer un sujet
topic-title = Titre
topic-title-hint = Une question ou une phrase qui dit de quoi il s’agit.
topic-body = Que voulez-vous dire ?
topic-tags = Mots-clés (facultatif)
topic-tags-hint = Cinq au plus, séparés par des virgules.
topic-closed = clos
topic-last = dernière réponse
topic-started = Lancé
topic-earlier = Réponses précédentes
topic-later = Réponses suivantes
topic-replies = Réponses
topic-rail = À propos de ce sujet
topic-sign-in = Les membres peuvent répondre.
topic-answer = Répondre au sujet
next-unread = Prochain message non lu
replies = { $n ->
    [0] pas encore de réponse
    [one] une réponse
   *[other] { $n } réponses
}
unread = { $n ->
    [one] { $n } nouveau
   *[other] { $n } nouveaux
}
reply = Répondre
reply-title = Répondre au message { $number }
reply-body = Votre réponse
edit-title = Modifier le message { $number }
edit-body = Vos mots
edit-now = Ce qu’il dit maintenant
markdown-hint = Markdown fonctionne : **gras**, *italique*, > citation, - liste.
post-deleted = Le message { $number } a été supprimé.
post-restore = Rétablir
post-edited = modifié
post-answers = répond à nº { $number }
post-more = Autres actions pour le message { $number }
post-announced = { $name } : { $text }
former-member = Ancien membre
wrong-title-empty = Écrivez un titre.
wrong-body-empty = Écrivez d’abord quelque chose.
wrong-topic-closed = Ce sujet est clos : plus personne ne peut y répondre.
wrong-parent-deleted = Le message auquel vous répondez a été supprimé entre-temps. Répondez plutôt au sujet.
wrong-post-deleted = Ce message a été supprimé.
wrong-changed-meanwhile = Le message a changé entre-temps, peut-être dans un autre onglet. Comparez ci-dessous, puis enregistrez à nouveau.
pill-one = 1 nouvelle réponse
pill-other = { $n } nouvelles réponses
pill-topic-one = 1 sujet a du nouveau
pill-topic-other = { $n } sujets ont du nouveau
composer-failed = L’envoi n’a pas abouti. Ce que vous avez écrit est toujours là ; réessayez.
here-names = Ici en ce moment : { $names }
typing-name = { $name } écrit…
