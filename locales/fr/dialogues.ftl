dialogues-title = Dialogues
dialogues-lede = Une question voyage des habitants à la ville, à la région, à la nation, à l’Europe et à l’ONU. Chaque niveau résume et transmet ; le niveau supérieur doit répondre.
dialogues-none = Il n’y a pas encore de dialogue.
dialogue-said = { $n ->
    [0] aucune contribution
    [one] une contribution
   *[other] { $n } contributions
}
dialogue-voted = { $n ->
    [0] aucun vote
    [one] un vote
   *[other] { $n } votes
}
dialogue-background = Contexte
dialogue-background-hint = Ce qu’il faut savoir en arrivant. Le Markdown fonctionne.
dialogue-answered-label = Points ayant reçu une réponse
dialogue-answered-of = { $answered ->
    [0] aucun point sur { $points } n’a de réponse
    [one] { $answered } point sur { $points } a une réponse
   *[other] { $answered } points sur { $points } ont une réponse
}
dialogue-overdue = les réponses sont en retard
dialogue-due = réponses attendues pour le { $date }
dialogue-what-said = Ce que dit { $stage }
dialogue-go-gather = Contribuer à l’étape { $stage }
dialogue-go-sum_up = Voir ce qu’a dit { $stage }
dialogue-go-ratify = Lire ce que { $stage } peut transmettre
dialogue-number-said = Contributions
dialogue-number-points = Points transmis
dialogue-number-answered = Réponses reçues
dialogue-number-overdue = Réponses en retard
river-caption = Plus un cours est large, plus il porte de points. Les lignes vertes en pointillé sont des réponses sur le retour.
dialogue-new = Ouvrir un dialogue
dialogue-new-lede = Les étapes se suivent. La première commence tout de suite à recueillir. Nommez-en au moins deux ; une étape sans nom n’est pas retenue. Les dates et les nombres sont des propositions.
dialogue-title = Titre
dialogue-question = Question
dialogue-question-hint = Une phrase à laquelle chaque niveau peut répondre.
dialogue-stage = Étape { $number }
dialogue-open = Ouvrir le dialogue
stage-name = Nom
stage-level = Niveau
stage-closes-on = Le vote se termine le
stage-organisation = Organisation qui répond pour cette étape
stage-organisation-hint = Toutes les personnes de ce niveau peuvent participer.
stage-organisation-none = Aucune
stage-quorum = Votes requis
stage-disagree = Désaccords au plus, en %
stage-planned = prévue
stage-gather = recueil
stage-sum_up = synthèse
stage-ratify = ratification
stage-passed_on = transmise
stage-closes = fin du vote
stage-do-planned = Cette étape commence quand la précédente a transmis.
stage-do-gather = Dites ce que vous savez et ce que vous voulez. Tout ce qui est dit ici est repris, ou reçoit une explication.
stage-do-sum_up = Les personnes qui animent rédigent une synthèse de ce qui a été dit.
stage-do-ratify = Lisez la synthèse et dites si elle peut être transmise.
stage-do-passed_on = Cette étape a transmis ses points.
stage-incoming = Ce que l’étape précédente a transmis
stage-not-yours = Cette étape est destinée aux personnes de ce niveau. Vous pouvez la suivre.
stage-sign-in = Les personnes de ce niveau peuvent contribuer.
synthesis-none = Rien n’a encore été résumé.
stage-lead = Vous animez ce dialogue
stage-to-sum-up = Clore le recueil et résumer
stage-to-ratify = Ouvrir le vote
stage-pass-on = Transmettre
stage-said = { $n ->
    [0] Ce qui a été dit
    [one] Une contribution
   *[other] { $n } contributions
}
stage-nothing-said = Personne n’a encore rien dit.
synthesis = Synthèse
synthesis-version = version { $version }
synthesis-edit = Rédiger la synthèse
synthesis-new-version = Rédiger une nouvelle version
synthesis-new-vote = Le vote a commencé. Enregistrer crée une nouvelle version et un nouveau vote ; les précédents restent dans la trace.
synthesis-unheard = Non repris
synthesis-unheard-hint = Une contribution qu’aucun point ne cite a besoin d’une explication, que son auteur lira.
point-numbered = Point { $number }
point-text = Ce qu’il dit
point-cites = Repose sur les contributions (numéros)
point-rests-on = Repose sur
point-waits = En attente d’une réponse.
answer = Réponse
answer-accepted = Accepté
answer-adapted = Adapté
answer-declined = Refusé
answer-passed_up = Transmis plus haut
answer-give = Répondre au point { $number }
answer-again = Ajouter une réponse ultérieure au point { $number }
answer-how = Comment, ou pourquoi non
answer-send = Répondre
choice-agree = D’accord
choice-abstain = Abstention
choice-disagree = Pas d’accord
choice-block = Blocage
choice-hint-agree = Elle peut être transmise.
choice-hint-abstain = Je m’en remets aux autres.
choice-hint-disagree = Je le dirais autrement ; donnez votre raison.
choice-hint-block = Elle ne doit pas être transmise ainsi ; donnez votre raison.
vote-title = Cela peut-il être transmis ?
vote-change = Vous avez voté ; vous pouvez changer jusqu’à la fin du vote
vote-reason = Votre raison, lue par tous sans votre nom
vote-send = Voter
vote-agree = { $n ->
    [0] aucun d’accord
    [one] un d’accord
   *[other] { $n } d’accord
}
vote-abstain = { $n ->
    [0] aucune abstention
    [one] une abstention
   *[other] { $n } abstentions
}
vote-disagree = { $n ->
    [0] aucun désaccord
    [one] un désaccord
   *[other] { $n } désaccords
}
vote-block = { $n ->
    [0] aucun blocage
    [one] un blocage
   *[other] { $n } blocages
}
vote-quorum = { $quorum ->
    [0] aucun vote n’est nécessaire
    [one] un vote est nécessaire
   *[other] { $quorum } votes sont nécessaires
}
contribution-new = Que voulez-vous dire ?
contribution-hint = Vos mots restent tels que vous les avez écrits.
contribution-send = Contribuer
contribution-for = Saisi pour
contribution-title = Contribution { $number }
contribution-trail = Ce qu’elle est devenue
contribution-withdrawn = La contribution { $number } a été retirée par son auteur.
contribution-withdraw = La retirer
contribution-set-aside = Non reprise :
optional = (facultatif)
trail-you-said = Vous avez dit à l’étape { $stage }
trail-said = { $who } a dit à l’étape { $stage }
trail-entered = Saisi pour { $who } à l’étape { $stage }
trail-became = Elle a nourri le point { $number } de { $stage }
trail-earlier = une version antérieure
trail-passed = { $stage } l’a transmise
trail-answer = La réponse au point { $number }
trail-ahead = La suite sera racontée ici.
comments = Commentaires
comment-new = Votre commentaire
comment-send = Commenter
wrong-dialogue-empty = Écrivez d’abord quelque chose.
wrong-not-heard = Ces contributions ne sont ni citées ni expliquées : { $numbers }.
wrong-below-quorum = { $votes ->
    [0] Personne n’a encore voté
    [one] Une seule personne a voté
   *[other] Seulement { $votes } personnes ont voté
} ; il faut { $quorum ->
    [one] { $quorum } vote
   *[other] { $quorum } votes
}.
wrong-open-block = { $n ->
    [one] Une personne bloque. Réglez cela d’abord, ou rédigez une nouvelle version.
   *[other] { $n } personnes bloquent. Réglez cela d’abord, ou rédigez une nouvelle version.
}
wrong-too-many-disagree = { $disagree ->
    [one] { $disagree } personne n’est pas d’accord
   *[other] { $disagree } personnes ne sont pas d’accord
} ; au plus { $most } sur cent le peuvent.
wrong-not-answered = Ces points de l’étape précédente n’ont pas encore de réponse : { $numbers }.
wrong-reason-missing = Donnez votre raison.
wrong-answer-missing = Dites comment, ou pourquoi non.
wrong-vote-closed = Le vote est clos.
wrong-vote-version = Il y a une nouvelle version de la synthèse. Lisez-la, puis votez.
wrong-no-synthesis = Rédigez d’abord la synthèse.
wrong-points = Rédigez de un à { $limit } points.
wrong-cite = Il n’y a pas de contribution { $number } ici.
wrong-synthesis-changed = La synthèse a changé entre-temps. Comparez, puis enregistrez à nouveau.
wrong-contribution-withdrawn = Cette contribution a été retirée.
wrong-stage-choice = Étape { $number } : choisissez son niveau.
wrong-stage-date = Étape { $number } : choisissez un jour à venir.
wrong-stage-quorum = Étape { $number } : indiquez combien de votes sont nécessaires et combien sur cent peuvent être en désaccord.
wrong-two-stages = Un dialogue a besoin d’au moins deux étapes.
notice-dialogue-summed-up = Votre contribution a été résumée ; vous pouvez voter
notice-dialogue-passed-on = Votre contribution a été transmise
notice-dialogue-waits = Des points attendent votre réponse
dialogue-points-wait = { $stage } : { $n ->
    [one] { $n } point sans réponse
   *[other] { $n } points sans réponse
}
notice-dialogue-answered = Il y a une réponse à votre contribution
notice-dialogue-commented = Quelqu’un a commenté votre contribution
digest-why-dialogue-answered = parce que vous avez contribué
digest-why-dialogue-ratify = parce que votre vote est attendu
wrong-stage-level = Cette étape est destinée aux personnes d’un autre niveau ({ $level ->
    [neighbourhood] quartier
    [city] ville
    [region] région
    [nation] nation
    [europe] Europe
   *[world] monde
}). Choisissez dans vos réglages pour qui vous parlez.
wrong-stage-state = Ce n’est pas possible maintenant : l’étape est { $state ->
    [planned] encore à venir
    [gather] au recueil
    [sum_up] à la synthèse
    [ratify] à la ratification
   *[passed_on] transmise
}.
