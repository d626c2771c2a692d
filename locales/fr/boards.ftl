boards = Tableaux
board = Tableau
board-new = Ouvrir un tableau
board-new-lede = Chacun écrit d’abord en silence ; ensuite vous dévoilez, regroupez, votez et discutez ensemble. C’est vous qui animez.
board-title = Titre
board-question = Question
board-question-hint = Ce à quoi les cartes répondent, en une phrase.
board-dots = Points par personne
board-dots-hint = Combien chaque personne peut en donner au moment du vote.
board-open = Ouvrir le tableau
board-now = Que faire maintenant
board-phase-write = Écrivez.
board-phase-reveal = Lisez.
board-phase-group = Regroupez.
board-phase-vote = Votez.
board-phase-discuss = Discutez.
board-phase-closed = Terminé.
board-name-write = écriture
board-name-reveal = dévoilement
board-name-group = regroupement
board-name-vote = vote
board-name-discuss = discussion
board-name-closed = fin
board-do-write = Une idée par carte. Personne ne voit les vôtres avant que toutes soient dévoilées.
board-cards = { $n ->
    [0] Aucune carte pour l’instant
    [one] Une carte pour l’instant
   *[other] { $n } cartes pour l’instant
}
board-voters = { $n ->
    [0] Personne n’a encore voté
    [one] Une personne a voté
   *[other] { $n } personnes ont voté
}
board-do-reveal = Toutes les cartes sont dévoilées, sans ordre. Lisez-les.
board-do-group = Rassemblez ce qui va ensemble : faites glisser une carte ou utilisez « Déplacer vers… ».
board-do-vote = { $n ->
    [0] Vous avez donné tous vos points. Vous pouvez en reprendre jusqu’à la fin du vote.
    [one] Il vous reste un point. Les autres verront le résultat à la fin du vote.
   *[other] Il vous reste { $n } points. Les autres verront le résultat à la fin du vote.
}
board-do-discuss = Les plus soutenus d’abord. Parlez de chacun et notez ce qui compte.
board-do-closed = Voici ce qui en est ressorti.
board-close = Clore le tableau
board-next = Passer à l’étape suivante : { $phase }
board-back = Revenir à l’étape : { $phase }
board-back-loses = Revenir au regroupement (efface tous les points)
card-new = Une nouvelle carte
card-silent = Vous seul la voyez jusqu’au dévoilement.
card-add = Ajouter une carte
card-text = Ce qu’elle dit
card-yours = La vôtre
card-remove = La reprendre
card-hide = Retirer
card-move = Déplacer vers…
card-alone = Aucun groupe
group-new = Un nouveau groupe
group-add = Créer un groupe
group-title = Titre du groupe
group-change = Modifier
group-remove = Défaire le groupe
group-note = Notes
dot-give = Donner un point à
dot-take = Reprendre un point à
dots-own = { $n ->
    [0] aucun de vous
    [one] un de vous
   *[other] { $n } de vous
}
dots-all = { $n ->
    [one] point
   *[other] points
}
wrong-board-step = Le tableau a avancé entre-temps. Regardez où il en est.
wrong-board-phase = Ce n’est plus possible : le tableau en est à { $phase ->
    [write] l’écriture
    [reveal] l’étape de lecture
    [group] l’étape de regroupement
    [vote] l’étape de vote
    [discuss] la discussion
   *[closed] sa fin
}.
wrong-board-empty = Écrivez d’abord quelque chose.
wrong-board-full = Ce tableau est plein.
wrong-board-dots = Choisissez un nombre de 1 à { $limit }.
wrong-no-dots-left = Vous avez donné tous vos points. Reprenez-en un d’abord.
wrong-no-dot-there = Vous n’avez pas de point à cet endroit.
wrong-note-changed = Les notes ont changé entre-temps. Comparez, puis enregistrez à nouveau.
board-watch = Vous pouvez suivre.
board-lead = Vous animez
board-failed = L’envoi a échoué. Votre texte est toujours là ; réessayez.
card = Une carte
card-new-group = Dans un nouveau groupe, intitulé
card-hide-hint = Plus personne ne la voit. Vous n’apprenez pas de qui elle vient.
group-remove-hint = Ses cartes se retrouvent hors de tout groupe.
wrong-group-gone = Ce groupe n’existe plus. Choisissez-en un autre.
wrong-groups-full = Il y a assez de groupes. Rangez les cartes dans ceux-ci.
