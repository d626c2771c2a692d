admin-title = S’occuper du site
admin-lede = Tout ce qui revient à l’administration, en un seul endroit.
