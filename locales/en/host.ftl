admin-title = Looking after the site
admin-lede = Everything that is for admins, in one place.
