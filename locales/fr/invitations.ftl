invitations-title = Invitations
hint-of-invitations-title = Par un lien ou d’après une liste : qui est invité à quoi, et qui est venu.
invitations-lede = Faites venir des personnes : par un lien qui sert à plusieurs, ou par un courriel à chaque personne d’une liste. Vous seul·e et les autres administrateurs voyez cette page.
invitation-links = Par un lien
invitation-links-none = Pas encore de lien.
invitation-lists = Par courriel
invitation-lists-none = Pas encore de liste.
invitation-list = Liste du { $date }
invitation-account = Un compte, et rien de plus
invitation-came-of = Arrivées : { $n } sur { $most }
invitation-until = jusqu’au { $date }
invitation-open = Ouverte
invitation-used = Tout le monde est là
invitation-over = Terminée
invitation-withdrawn = Retirée
invitation-waits = En attente
invitation-has-come = Arrivée
invitation-came-at = Arrivée :
invitation-who-came = Arrivées :
invitation-change = Modifier
invitation-remake-what = Un nouveau lien vous est montré une fois ; l’ancien ne fonctionne plus.
invitation-remake = Refaire le lien
invitation-withdraw-what = Plus personne n’arrive par ce lien. Les personnes déjà là restent.
invitation-withdraw = Retirer
invitation-withdraw-one = Retirer l’invitation à { $email }
invitation-resend = Renvoyer
invitation-resend-one = Renvoyer l’invitation à { $email }
invitation-mails = { $n ->
    [0] Envoyée
    [one] Envoyée
   *[other] Envoyée { $n } fois, la dernière
}
invitation-done-mailed = { $n ->
    [one] { $n } courriel est en route.
   *[other] { $n } courriels sont en route.
}
invitation-done-members = { $n ->
    [one] { $n } personne était déjà membre, et a reçu le reste.
   *[other] { $n } personnes étaient déjà membres, et ont reçu le reste.
}
invitation-done-again = Un autre courriel est en route.
invitation-new = Inviter par un lien
invitation-new-lede = Quiconque a le lien peut arriver par lui, autant de personnes que vous le dites.
invitation-uses = Combien de personnes
invitation-organisation = Directement dans une organisation
invitation-organisation-hint = Elles en font partie et parlent en son nom.
invitation-none = Aucune
invitation-practitioner = Les confirme comme praticiens
invitation-practitioner-hint = Elles lisent et écrivent dans les espaces des praticiens dès le premier jour.
invitation-spaces = Dans des espaces
invitation-spaces-hint = Un espace privé les nomme désormais. Vers les autres, l’invitation ne fait que mener.
invitation-to-workshop = À un atelier
invitation-to-workshop-hint = Elles sont inscrites dès leur arrivée ; s’il est complet, elles attendent.
invitation-language = Langue
invitation-ends = Dernier jour
invitation-make = Créer le lien
invitation-link = Votre lien
invitation-link-once = Copiez-le maintenant : il n’est montré qu’une fois. S’il se perd, refaites-le.
invitation-link-label = Lien
invitation-link-see = Voir la page
invitation-practitioners = les espaces des praticiens
invitation-space = Espace « { $title } »
invitation-workshop = Atelier « { $title } »
invitation-table = Inviter par une liste
invitation-people = Personnes
invitation-people-hint = Une adresse par ligne suffit. Ou des cellules d’un tableur avec leurs titres.
invitation-file = Ou un fichier
invitation-file-hint = CSV ou texte, enregistré en UTF-8.
invitation-for-all = Pour toutes ces personnes
list-hint = Collez des adresses, ou un tableau. La première ligne d’un tableau porte les titres ; seul email est nécessaire. Vous voyez ligne par ligne ce qui a été trouvé, et rien n’est envoyé avant votre accord.
list-not-yet = Rien n’a encore été envoyé.
list-new = { $n ->
    [0] Personne de nouveau
    [one] Une personne à inviter
   *[other] { $n } personnes à inviter
}
list-members = { $n ->
    [one] { $n } est déjà membre
   *[other] { $n } sont déjà membres
}
list-left-out = { $n ->
    [one] { $n } est laissée de côté
   *[other] { $n } sont laissées de côté
}
list-is-member = Déjà membre : reçoit ce que l’invitation donne, et pas de courriel.
list-is-invited = Invitée par courriel, pas encore arrivée : reste telle quelle. Vous pouvez renvoyer le courriel depuis cette liste.
list-is-twice = Figure déjà plus haut.
list-send = { $n ->
    [one] Envoyer { $n } invitation
   *[other] Envoyer { $n } invitations
}
list-add = { $n ->
    [one] La donner à { $n } membre
   *[other] La donner à { $n } membres
}
list-field-email = Courriel
list-field-name = Nom
list-field-organisation = Organisation
list-field-language = Langue
list-field-practitioner = Praticien·ne
answer-title = Une invitation à { $site } vous attend
answer-who = { $who } vous invite à { $site }
answer-account = Rejoignez le réseau : lisez, écrivez et rencontrez les autres.
answer-into = Elle vous ouvre :
answer-as = Vous êtes connecté·e en tant que { $name }.
answer-accept = Accepter
answer-has-come = Vous avez accepté cette invitation.
answer-go = Y aller
answer-known = Il existe déjà un compte avec { $email }. Le bouton vous connecte et accepte.
answer-known-button = Se connecter et accepter
answer-email = Votre adresse est { $email } : le courriel a montré qu’elle est la vôtre.
answer-over = Cette invitation a pris fin
answer-over-what = Elle a déjà servi, a pris fin ou a été retirée. Demandez-en une nouvelle à la personne qui vous a invité·e. Si vous vous êtes inscrit·e avec elle, connectez-vous.
mail-greeting-nameless = Bonjour,
mail-invited-subject = { $who } vous invite à { $site }
mail-invited-what = { $who } vous invite à rejoindre { $site }.
mail-invited-into = L’invitation vous ouvre : { $what }.
mail-invited-until = Le lien est à vous seul·e et sert une fois, jusqu’au { $date }.
mail-invited-button = Voir l’invitation
mail-invited-why = Vous recevez ce courriel parce que { $who } vous a invité·e à { $site } avec cette adresse. Si vous ne voulez pas rejoindre le réseau, ne faites rien.
wrong-invitation-layer = « { $title } » est réservé aux praticiens : confirmez-les aussi comme praticiens.
wrong-invitation-workshop = L’atelier se tient dans « { $title } », où ces personnes ne pourraient pas le voir : invitez-les aussi dans cet espace, ou comme praticiens.
wrong-invitation-past = Choisissez un jour encore à venir.
wrong-invitation-long = Choisissez un jour dans les { $n } jours.
wrong-invitation-uses = Écrivez un nombre de 1 à { $most }.
wrong-invitation-withdrawn = Cette invitation a été retirée.
wrong-invitation-came = La personne invitée est arrivée entre-temps.
wrong-invitation-over = Cette invitation a pris fin. Invitez de nouveau.
wrong-list-empty = Collez au moins une adresse, ou choisissez un fichier.
wrong-list-nobody = Il ne reste personne à inviter.
wrong-list-organisation = Aucune organisation ne s’appelle « { $name } ». Ajoutez-la d’abord, ou laissez la cellule vide.
wrong-file-text = Ce fichier n’est pas un texte en UTF-8. Dans votre tableur, choisissez « CSV UTF-8 » en l’enregistrant.
