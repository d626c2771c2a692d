skip = Aller au contenu
places = Rubriques
place-home = Accueil
place-spaces = Espaces
pages = Pages
crumbs = Où vous êtes
more = Afficher la suite
save = Enregistrer
saved = C’est enregistré.
cancel = Annuler
edit = Modifier
delete = Supprimer
preview = Aperçu
times-in = Heures affichées pour { $zone }
demo-mail = Boîte aux lettres
demo-styleguide = Guide de style
waiting-count = { $n ->
    [0] Rien ne vous attend
    [one] Une chose vous attend
   *[other] { $n } choses vous attendent
}
home-hello = Bonjour { $name }, ravis de vous revoir.
home-visitor-title = { $site } : échanger, se réunir et décider ensemble
home-visitor-lede = Agents des villes, cabinets des maires, associations, universités et institutions apprennent ici les uns des autres comment faire vivre les droits humains au quotidien.
home-join = Rejoindre le réseau
home-read = Lire ce qui est public
home-new = Du nouveau dans vos espaces
home-new-public = Du nouveau dans les espaces publics
home-ways = Comment participer
home-way-join = S’inscrire
home-way-join-what = Votre nom et votre adresse, confirmée par un seul courriel. Pour lire, rien de tout cela.
home-way-talk = Parler d’où l’on vit
home-way-talk-what = Lancez un sujet, répondez, dites ce que sait votre rue, votre ville ou votre ministère.
home-way-meet = Se réunir et décider
home-way-meet-what = Des ateliers avec leur propre salle, et des dialogues où chaque point reçoit une réponse.
home-nothing-new = Rien n’a encore été écrit. Ce qui s’écrira dans les espaces que vous pouvez lire apparaîtra ici.
form-problem = Ceci n’a pas encore pu être enregistré
error-title-not-found = Il n’y a rien ici
error-title-sign-in = Veuillez vous connecter
error-title-refused = C’est refusé
error-title-ours = Un problème est survenu de notre côté
error-title-not-done = Cela n’a pas été fait
error-not-found = Cette page n’existe pas, ou elle ne vous est pas destinée. Si un lien vous a conduit ici, renseignez-vous auprès de la personne qui vous l’a donné.
error-not-allowed = Vous pouvez voir ceci, mais pas faire cela ici.
error-sign-in = Il faut se connecter pour faire cela. Si vous l’aviez fait, votre session a pris fin.
error-invalid = Quelque chose dans le formulaire ne peut pas être accepté.
error-gone = Ce lien a déjà servi ou a expiré. Demandez-en un nouveau.
error-too-fast = C’était trop à la fois. Réessayez dans { $n ->
    [one] une seconde
   *[other] { $n } secondes
}.
error-too-large = Votre envoi dépasse ce que nous pouvons recevoir.
error-cross-origin = Cette demande venait de la page d’un autre site, elle a donc été refusée. Envoyez le formulaire depuis ce site.
error-unavailable = Rien ne peut être enregistré pour le moment. La lecture reste possible ; réessayez dans quelques minutes.
error-bug = C’est notre faute, et nous en avons pris note. Veuillez réessayer.
error-away = Le site n’a pas accès à ses données pour le moment. Réessayez dans quelques minutes.
error-number = Si cela dure, indiquez ce numéro à l’équipe qui gère le site : { $number }.
error-kept = Ce que vous avez écrit
error-kept-hint = Rien n’est perdu : copiez votre texte d’ici.
error-home = Retour à l’accueil
wrong-form = Le formulaire a été envoyé d’une manière illisible : { $detail }
wrong-too-fast = C’était trop à la fois. Réessayez dans { $n ->
    [one] une seconde
   *[other] { $n } secondes
}.
wrong-too-long = C’est trop long : { $limit } caractères au plus.
wrong-choice = Choisissez l’une des propositions.
# Devant ce qu’il annonce : « Ville : Graz ».
lead-in = { $what } :{ " " }
# Paroles de quelqu’un, dans un courriel.
quoted = « { $what } »
announce-one = 1 autre réponse
announce-other = { $n } autres réponses
error-silenced = Vous pouvez lire comme avant, mais l’administration vous a privé d’écriture : rien de ce que vous écrivez n’est pris pour le moment.
silenced = L’administration vous a privé d’écriture : vous pouvez lire, mais pas écrire pour le moment.
silenced-until = L’administration vous a privé d’écriture : vous pouvez lire, mais pas écrire jusqu’au { $until }.
silenced-reason = Motif donné : { $reason }
