admin-title = S’occuper du site
admin-lede = Tout ce qui revient à l’administration, en un seul endroit.
as-csv = En tableau (CSV)
admin-log = Journal d’administration
hint-of-admin-log = Ce que l’administration et la modération ont fait, quand, et au sujet de qui.
log-lede = Ce que l’administration et la modération ont fait. Rien ici ne peut être modifié ni retiré.
log-who = De ou au sujet de (identifiant)
log-who-unknown = Personne n’a cet identifiant.
log-kind = Quoi
log-none = Rien de tel n’a été fait.
log-nobody = Depuis le terminal
log-reason = Motif : { $reason }
log-about = Dans le journal d’administration
log-all-about = Tout voir
log-kind-people-role_changed = Rôles
log-kind-people-practitioner_changed = Praticiens
log-kind-people-measure_taken = Privations d’écriture, suspensions, déconnexions
log-kind-people-organisation_added = Organisations ajoutées
log-kind-people-organisation_changed = Organisations modifiées
log-kind-people-organisation_merged = Organisations fusionnées
log-kind-people-steward_changed = Responsables d’une organisation
log-kind-forum-space_added = Espaces créés
log-kind-forum-space_changed = Espaces modifiés
log-kind-forum-space_people_changed = Personnes des Espaces
log-kind-forum-post_deleted = Messages d’autrui supprimés
log-kind-forum-post_restored = Messages d’autrui rétablis
log-kind-boards-card_hidden = Cartes masquées
log-role = A donné un rôle à { $name }
log-role-member = A fait de { $name } un membre sans rôle
log-role-moderator = A confié la modération à { $name }
log-role-admin = A confié l’administration à { $name }
log-practitioner = A décidé si { $name } est praticien·ne
log-practitioner-yes = A confirmé { $name } comme praticien·ne
log-practitioner-no = A retiré à { $name } la qualité de praticien·ne
log-measure-silence = A privé { $name } d’écriture
log-measure-unsilence = A laissé { $name } écrire à nouveau
log-measure-suspend = A suspendu { $name }
log-measure-reinstate = A mis fin à la suspension de { $name }
log-measure-sign_out = A déconnecté { $name } partout
log-organisation-added = A ajouté l’organisation { $name }
log-organisation-changed = A modifié l’organisation { $name }
log-organisation-merged = A fusionné une organisation saisie deux fois avec { $name }
log-steward = A changé les responsables de { $name }
log-space-added = A créé l’Espace { $title }
log-space = A modifié l’Espace { $title }
log-space-settings = A modifié les réglages de l’Espace { $title }
log-space-moved = A déplacé l’Espace { $title } dans la liste
log-space-archived = A archivé l’Espace { $title }
log-space-opened = A rouvert l’Espace { $title }
log-space-person = A changé la place de { $name } dans l’Espace { $title }
log-space-person-added = A nommé { $name } dans l’Espace { $title }
log-space-person-moderates = A confié à { $name } la modération de l’Espace { $title }
log-space-person-reads = A retiré à { $name } la modération de l’Espace { $title }
log-space-person-removed = A retiré { $name } de l’Espace { $title }
log-post-deleted = A supprimé un message de { $name } dans « { $title } »
log-post-deleted-unseen = A supprimé un message dans un Espace privé
log-post-restored = A rétabli un message de { $name } dans « { $title } »
log-post-restored-unseen = A rétabli un message dans un Espace privé
log-card-hidden = A masqué une carte du tableau « { $title } »
log-card-hidden-unseen = A masqué une carte d’un tableau dans un Espace privé
admin-well = Tout va bien ?
hint-of-admin-well = Ce qui ne va pas sur la machine et dans ses réglages, et que faire.
well-nothing-wrong = Rien d’anormal, pour autant qu’on ait pu regarder.
well-wrong = { $n ->
    [one] { $n } chose ne va pas.
   *[other] { $n } choses ne vont pas.
}
well-looked = Vérifié
well-todo = Que faire :
well-state-well = Bien
well-state-wrong = À corriger
well-state-unknown = Pas vérifiable
well-title-mail = Le courriel
well-title-backups = Les sauvegardes
well-title-disk = La place sur le disque
well-title-address = L’adresse du site
well-title-sockets = Les pages en direct
well-title-secure = Le chiffrement en chemin
well-title-clock = L’horloge
well-title-database_clock = L’horloge du serveur de base de données
well-title-integrity = La base de données
well-title-readers = Ce qui découle de ce qui se passe
well-title-plans = Ce qui est prévu
well-title-release = La version
well-database-away = La base de données n’a pas répondu : { $detail }
well-mail = Le courriel part, et rien n’attend longtemps.
well-mail-demo = Ceci est la démonstration : le courriel reste et se lit ici.
well-mail-none = Aucun serveur de courriel n’est réglé : personne ne reçoit de courriel, pas même un lien de connexion.
well-mail-none-do = Réglez PLENARY_SMTP_URL et PLENARY_MAIL_FROM, puis redémarrez le programme.
well-mail-late = { $n ->
    [one] { $n } courriel attend plus qu’il ne devrait.
   *[other] { $n } courriels attendent plus qu’ils ne devraient.
}
well-mail-late-do = Le serveur de courriel a dit : { $why }. Regardez le serveur, ou PLENARY_SMTP_URL ; un nouvel essai se fait tout seul.
well-mail-stands-do = Rien n’a été tenté : redémarrez le programme et lisez ses messages.
well-mail-failed = { $n ->
    [one] { $n } courriel de la semaine passée a été refusé pour de bon.
   *[other] { $n } courriels de la semaine passée ont été refusés pour de bon.
}
well-mail-failed-do = Le serveur de courriel a dit : { $why }. Corrigez ce qu’il indique, puis renvoyez-les ou abandonnez-les dans la boîte d’envoi.
well-backups = La dernière est là et s’ouvre : { $file }.
well-backups-none = Aucune sauvegarde n’est faite à heure fixe.
well-backups-none-do = Donnez à PLENARY_BACKUP_DIR un dossier sur un autre disque, puis redémarrez le programme.
well-backups-first = Aucune n’a encore été faite ; la première l’est dans les minutes qui suivent le démarrage.
well-backups-failed = La dernière n’a pas pu être faite : { $why }
well-backups-failed-do = Corrigez ce qui est indiqué. Un nouvel essai se fait une heure plus tard.
well-backups-old = La dernière date de { $n } heures.
well-backups-old-do = Vérifiez que le programme tournait à l’heure de PLENARY_BACKUP_AT, et lisez ses messages.
well-backups-gone = La dernière n’est plus là où elle a été écrite, { $file } : { $why }
well-backups-changed = La dernière n’a plus la longueur qu’elle avait une fois écrite : { $file }.
well-backups-gone-do = Cherchez qui l’a déplacée ou modifiée, et faites-en une à la main : plenary backup FICHIER.
well-disk = Au moins { $free } Mo sont libres partout où le site écrit.
well-disk-full = Dans { $folder }, seuls { $free } Mo sont libres ; il en faudrait { $needed }.
well-disk-do = Faites-y de la place, ou déplacez le dossier sur un disque plus grand. Une fois plein, plus rien ne peut être écrit.
well-disk-unseen = { $folder } ne peut pas être regardé : { $why }
well-address = { $url } mène à ce site.
well-address-unknown = Il n’a pas été possible de savoir quelle réponse serait la bonne.
well-address-another = À { $url }, autre chose répond ({ $what }), et non ce site.
well-address-nothing = { $url } ne répond pas : { $why }
well-address-do = Comparez PLENARY_BASE_URL avec ce que les gens saisissent, et vérifiez que le mandataire transmet à PLENARY_LISTEN. Si d’autres atteignent le site, cette machine n’a simplement pas accès à sa propre adresse.
well-sockets = Les connexions en direct passent : les pages ouvertes se tiennent à jour d’elles-mêmes.
well-sockets-stopped = Le site répond, mais les connexions en direct ne passent pas (statut { $status }) : les pages ouvertes ne se tiennent pas à jour.
well-sockets-do = Laissez le mandataire transmettre les WebSockets à /live : dans nginx, proxy_http_version 1.1 avec les en-têtes Upgrade et Connection ; Caddy le fait de lui-même.
well-sockets-unknown = Le site n’a pas été atteint par son adresse : ceci n’a pas pu être essayé.
well-secure = On vient par https.
well-secure-local = L’adresse est celle de cette seule machine : rien ne circule en chemin.
well-secure-not = On vient par http : mots de passe et sessions peuvent être lus en chemin.
well-secure-do = Procurez-vous un certificat (Caddy le fait de lui-même), et que PLENARY_BASE_URL commence par https.
well-clock = Elle n’a pas été déplacée depuis le démarrage, et rien de ce qui s’est passé n’est dans l’avenir.
well-clock-moved = Elle a été déplacée de { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
} depuis le démarrage du programme.
well-clock-future = La dernière chose qui s’est passée est { $n ->
    [one] { $n } minute
   *[other] { $n } minutes
} dans l’avenir.
well-clock-do = Laissez la machine se mettre à l’heure par NTP (timedatectl set-ntp true). Rappels et récapitulatifs suivent cette horloge.
well-database-clock = Elle indique la même heure.
well-database-clock-none = Il n’y a pas d’autre horloge à laquelle comparer.
well-database-clock-apart = Elle s’écarte de { $n ->
    [one] { $n } seconde
   *[other] { $n } secondes
} de celle de cette machine.
well-integrity = Elle a été vérifiée { $n ->
    [0] dans la dernière heure
    [one] il y a { $n } heure
   *[other] il y a { $n } heures
}, et ne se contredit nulle part.
well-integrity-none = Elle n’a pas été vérifiée ces deux derniers jours.
well-integrity-faults = { $n ->
    [one] { $n } défaut a été trouvé
   *[other] { $n } défauts ont été trouvés
} : { $first }
well-integrity-do = Gardez une copie du dossier de données, lancez plenary verify, et envoyez ce qu’il dit à celles et ceux qui font Plenary.
well-readers = Avis, courriels et recherche suivent ce qui se passe.
well-readers-behind = En retard : { $names }.
well-readers-do = Redémarrez le programme, et lisez ses messages si cela dure.
well-plans = Aucun récapitulatif n’est en retard.
well-plans-late = { $n ->
    [one] { $n } récapitulatif est en retard.
   *[other] { $n } récapitulatifs sont en retard.
}
well-release = { $ours } est la plus récente de votre fichier de versions.
well-release-none = Ceci est { $ours }. On ne peut pas savoir si une plus récente existe : PLENARY_RELEASES n’est pas réglé.
well-release-unread = Le fichier de PLENARY_RELEASES ne peut pas être lu : { $why }
well-release-empty = Le fichier de PLENARY_RELEASES ne nomme aucune version.
well-release-newer = { $newest } est parue ; ceci est { $ours }.
well-release-do = Lisez ce qui a changé, faites une sauvegarde, puis mettez le nouveau programme à la place de celui-ci.
well-clock-now = Rien de ce qui s’est passé n’est dans l’avenir.
admin-outbox = Boîte d’envoi
hint-of-admin-outbox = Le courriel qui attend ou qui a été refusé, et pourquoi ; réessayer ou abandonner.
admin-jobs = En coulisses
hint-of-admin-jobs = Ce que la machine fait à côté des pages : qui lit ce qui se passe, ce qui est prévu.
admin-storage = Stockage et sauvegardes
hint-of-admin-storage = Combien est gardé, quelle place reste, quelles sauvegardes il y a.
outbox-lede = Le courriel qui attend, qui part ou qui a été refusé. Ce qu’il dit n’est pas montré ici ; ce qui est parti est dans la
outbox-none = Rien n’attend, et rien n’a été refusé.
outbox-attempts = { $n ->
    [one] { $n } essai
   *[other] { $n } essais
}
outbox-next = Prochain essai :
outbox-said = Le serveur de courriel a dit : { $why }
outbox-retry = Essayer maintenant
outbox-drop = Abandonner
outbox-drop-what = { $to } ne recevra pas ce courriel, et personne n’en est averti. C’est définitif.
outbox-drop-do = Abandonner ce courriel
wrong-mail-state = Ce courriel est parti entre-temps, est en train de partir, ou attend son heure.
jobs-lede = Rien ici ne demande de soin. Si tout suit, c’est dit sous
jobs-readers = Qui lit ce qui se passe
jobs-reader = Lecteur
jobs-position = A lu jusqu’à
jobs-behind = Reste à lire
jobs-plans = Ce qui est prévu ensuite
jobs-digest = Un récapitulatif
jobs-mail = Un courriel
jobs-backup = Une sauvegarde
jobs-nothing = Rien
storage-database = Base de données
storage-folder = Dossier de données
storage-free = Libre à côté
storage-journal = Journal
storage-entries = { $n ->
    [one] { $n } entrée
   *[other] { $n } entrées
}
backups-title = Sauvegardes
backups-where = Elles sont écrites dans { $folder } ; { $keep } sont gardées.
backups-next = La prochaine à heure fixe :
backups-now = En faire une maintenant
backups-opened = ouverte et trouvée entière
backup-whole = Entière
backup-failed = Échouée
backup-underway = En cours
wrong-backup-nowhere = Réglez d’abord PLENARY_BACKUP_DIR.
wrong-backup-underway = Une sauvegarde est déjà en cours.
log-kind-mail-retried = Courriels réessayés
log-kind-mail-dropped = Courriels abandonnés
log-kind-keeping-backup_asked = Sauvegardes demandées
log-mail-retried = A fait réessayer le courriel numéro { $mail }
log-mail-dropped = A abandonné le courriel numéro { $mail }
log-backup-asked = A demandé une sauvegarde
