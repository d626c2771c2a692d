waiting-title = Ce qui vous attend
waiting-empty = Rien ne vous attend. Les réponses qui vous sont faites et les mentions de votre nom apparaîtront ici.
pill-notice-one = 1 nouvel avis
pill-notice-other = { $n } nouveaux avis
waiting-all = Tout ce qui vous attend
waiting-mark = Marquer comme lu
waiting-mark-all = Tout marquer comme lu
notice-reply = { $who } vous a répondu
notice-mention = { $who } vous a mentionné
notice-mail-why = Vous recevez ce message parce qu’il vous concerne.
notice-mail-stop = Ne plus recevoir ces messages
settings-mail = Courriels et résumé
choice-title = Ce que nous vous envoyons
choice-digest = Résumé
choice-digest-hint = Un seul message avec ce qui est nouveau pour vous. Jamais vide, jamais ce que vous avez déjà lu.
choice-kind-none = Aucun
choice-kind-daily = Chaque jour
choice-kind-weekly = Chaque semaine
choice-weekday = Jour (pour un résumé hebdomadaire)
choice-hour = Heure, dans votre fuseau
choice-next = Le prochain : { $when }
choice-immediate = Tout de suite
choice-immediate-on = M’écrire quand quelqu’un me répond ou me mentionne
choice-immediate-hint = Au bout de deux minutes, sauf si vous l’avez lu ici.
choice-preview = Voir votre prochain résumé
preview-subject = Objet
preview-text = En texte
preview-nothing = Il n’y a rien que vous n’ayez lu : aucun résumé ne partirait maintenant.
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
digest-hello = Bonjour { $name }. Voici ce qui mérite votre attention.
digest-subject = { $n ->
    [0] { $first }
    [one] { $first }, et une autre chose
   *[other] { $first }, et { $n } autres choses
}
digest-for-you = Pour vous
digest-spaces = Nouveau dans vos espaces
digest-read = Lire et répondre
digest-more = { $n ->
    [one] Encore une chose dans vos espaces
   *[other] Encore { $n } choses dans vos espaces
}
digest-note-posts = { $n ->
    [one] un nouveau message { $people }
   *[other] { $n } nouveaux messages { $people }
}
digest-note-people = { $n ->
    [one] d’une personne
   *[other] de { $n } personnes
}
digest-why-topic-started = un nouveau sujet dans un espace que vous pouvez lire
digest-why-topic-active = une discussion que vous n’avez pas lue jusqu’au bout
digest-when-none = Vous ne recevez pas de résumé.
digest-when-daily = Vous recevez ce message chaque jour à { $hour }.
digest-when-weekly = Vous recevez ce message chaque { $day } à { $hour }.
digest-choose = Changer quand et quoi
digest-stop = Arrêter ce résumé
digest-nothing-loaded = ce message ne charge rien d’ailleurs
unsubscribe-title-digest = Arrêter le résumé
unsubscribe-title-immediate = Arrêter les messages sur les réponses et les mentions
unsubscribe-what-digest = Vous ne recevrez plus de résumé. Tout le reste ne change pas.
unsubscribe-what-immediate = Vous ne recevrez plus de message quand quelqu’un vous répond ou vous mentionne. Cela vous attendra toujours sur le site.
unsubscribe-done-digest = C’est fait : plus de résumé.
unsubscribe-done-immediate = C’est fait : plus de messages sur les réponses et les mentions.
unsubscribe-button = Ne plus recevoir ces messages
