spaces-title = Espaces
spaces-none = Il n’y a pas encore d’espaces.
layer-public = Public
layer-practitioners = Praticiens
layer-private = Privé
space-empty = Personne n’a encore lancé de sujet ici.
space-rail = Aussi dans cet espace
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
topic-where = Où vous en êtes dans ce sujet
topic-at = { $n } sur { $total }
topic-newest = Dernier message
topic-rail = À propos de ce sujet
topic-sign-in = Les membres peuvent répondre.
topic-answer = Répondre au sujet
next-unread = Prochain message non lu
replies = { $n ->
    [0] pas encore de réponse
    [one] une réponse
   *[other] { $n } réponses
}
topic-new = nouveau
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
post-branch = Réponses au nº { $number }
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
admin-spaces = Espaces du site
admin-spaces-lede = Tous les Espaces, dans l’ordre où on les voit. Les Espaces privés figurent par leur titre ; ce qui s’y dit, seules les personnes qui y sont nommées peuvent le lire.
spaces-archived = Archivés
space-new = Nouvel Espace
space-make = Créer l’Espace
space-settings = Réglages
space-people = Personnes
space-title = Titre
space-purpose = À quoi il sert
space-texts-hint = Là où une langue manque, on voit l’autre.
space-language = Langue parlée dans l’Espace
space-language-hint = Les sujets lancés dans l’Espace la portent.
space-language-any = Toutes
space-layer = Qui le voit
space-admins-only = seule l’administration peut changer cela.
layer-hint-public = Tout le monde sur internet peut le lire.
layer-hint-practitioners = Seuls les praticiens confirmés peuvent le lire.
layer-hint-private = Seules les personnes qui y sont nommées peuvent le lire, ou savoir qu’il existe.
space-who-may = Qui peut
space-may_start = lancer des sujets et des tableaux
space-may_reply = répondre et participer
space-may_schedule = planifier des ateliers
space-may_open = ouvrir des dialogues
may-members = Toutes les personnes qui le lisent
may-practitioners = Les praticiens
may-moderators = Sa modération
may-admins = L’administration
space-layer-change = De « { $from } » à « { $to } »
space-layer-to-public = Tout le monde sur internet pourra lire ce qui s’y trouve déjà ({ $what }) et tout ce qui s’écrira désormais.
space-layer-to-practitioners = Seuls les praticiens pourront lire ce qui s’y trouve déjà ({ $what }). Les autres perdent l’Espace de vue : pour eux, les liens n’y mènent plus.
space-layer-to-private = Seules les personnes nommées dans cet Espace pourront lire ce qui s’y trouve déjà ({ $what }). Les autres perdent l’Espace de vue : pour eux, les liens n’y mènent plus.
space-layer-people = { $n ->
    [0] Personne n’y est encore nommé : d’abord, vous serez seul à le voir.
    [one] Une personne y est nommée en ce moment.
   *[other] { $n } personnes y sont nommées en ce moment.
}
space-layer-at-once = Cela vaut aussitôt et partout : listes, courriels, avis et liens. Une page déjà ouverte garde ce qu’elle montre jusqu’à ce qu’on continue.
space-layer-sure = Changer qui le voit
held-nothing = rien encore
held-topics = { $n ->
    [one] un sujet
   *[other] { $n } sujets
}
held-boards = { $n ->
    [one] un tableau
   *[other] { $n } tableaux
}
held-workshops = { $n ->
    [one] un atelier
   *[other] { $n } ateliers
}
held-dialogues = { $n ->
    [one] un dialogue
   *[other] { $n } dialogues
}
space-archive = Archiver
space-archive-what = Il passe à la fin de la liste. Qui le voit peut toujours tout y lire ; plus personne ne peut y écrire. Vous pourrez le rouvrir.
space-unarchive = Rouvrir
space-unarchive-one = Rouvrir « { $title } »
space-up-one = Monter « { $title } »
space-down-one = Descendre « { $title } »
space-is-archived = Cet Espace est archivé : on peut le lire, plus personne n’y écrit.
space-people-private = Ces personnes voient cet Espace. Personne d’autre ne le voit, ni ne sait qu’il existe.
space-people-open = Sa modération veille ici. Qui peut le lire dépend de sa couche.
space-people-none = Personne n’est encore nommé.
space-moderator = Modération
space-moderator-make = Confier la modération
space-moderator-end = Retirer la modération
space-moderator-add = Ajouter une personne à la modération
space-moderator-may = Elle peut modifier et supprimer ce que d’autres écrivent ici, changer ces réglages et nommer d’autres personnes.
space-moderator-gone = { $name } ne modérera plus ici. Ce que cette personne voit ne change pas.
space-person-change = Changer
space-person-add = Ajouter une personne
space-person-do-add = Ajouter
space-person-who = Identifiant ou adresse électronique
space-person-who-hint = Comme sur sa page, par exemple @anna-moser ; ou l’adresse de son inscription.
space-person-will-see = Elle verra tout ce qui s’est écrit ici, depuis le début.
space-person-moderates = Avec la modération
space-person-only-read = { $name } verra toujours tout ici, sans plus modérer.
space-person-moderate = { $name } pourra alors modifier et supprimer ce que d’autres écrivent ici, changer ces réglages et nommer d’autres personnes.
space-person-gone = { $name } ne verra plus rien de cet Espace, pas même ce que cette personne a écrit. Cela reste pour les autres.
space-person-remove = Retirer
template-lede = Commencez par des Espaces faits pour un réseau de villes. Tout peut y être changé.
template-make = Créer ces Espaces
template-square = La place publique
template-square-purpose = Pour toutes celles et ceux à qui les droits humains importent, là où ils vivent : questions, récits, idées.
template-dialogues = De la rue à l’Europe
template-dialogues-purpose = Des dialogues qui vont des habitants à la ville, à la région, à la nation et à l’Europe, et reviennent avec des réponses.
template-practice = Entre praticiens
template-practice-purpose = Pour qui fait ce travail : ce que vous essayez, ce qui échoue, ce que vous demanderiez à un collègue.
template-workshops = Ateliers et formations
template-workshops-purpose = Où nous nous réunissons, apprenons et laissons des comptes rendus.
template-news = Nouvelles du réseau
template-news-purpose = Ce que le réseau annonce.
wrong-space-changed = Quelqu’un a changé ces réglages entre-temps. Regardez-les de nouveau, puis enregistrez.
wrong-space-busy = Un atelier est encore à venir dans cet Espace. Annulez-le, ou attendez sa fin.
wrong-space-archived = Cet Espace est archivé : plus personne n’y écrit.
wrong-space-last-moderator = Un Espace privé a besoin d’une modération. Confiez-la d’abord à quelqu’un d’autre.
wrong-spaces-there = Il y a déjà des Espaces.
wrong-person-empty = Écrivez un identifiant ou une adresse.
wrong-person-unknown = Personne ici ne s’appelle « { $who } », ni par identifiant ni par adresse.
notice-space-named = On vous a ajouté à un Espace
wrong-person-practitioner = Cette personne n’est pas encore confirmée comme praticienne et ne verrait pas cet Espace. Confirmez-la d’abord.
hint-of-admin-spaces = Les créer, les ordonner, les modifier et les archiver.
