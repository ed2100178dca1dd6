"""Words of media, budgets of looks, and opting out."""

EN = {
    "media_photo": "Photo",
    "media_video": "Video",
    "media_gif": "Animation",
    "media_round": "Round video",
    "media_voice": "Voice message",
    "media_audio": "Audio",
    "media_sticker": "Sticker",
    "media_file": "File",
    "media_contact": "Contact",
    "media_geo": "Place on a map",
    "media_geo_live": "Moving place on a map",
    "media_venue": "Venue",
    "media_dice": "Dice",
    "media_poll": "Poll",
    "media_other": "Something else",
    "media_profile": "Profile photo",
    "media_bytes": "{kilobytes} KiB",
    "media_seconds": "{seconds} s",
    "media_open": "Open its picture, covered",
    "media_play_video": "Play it, covered and muted",
    "media_play_audio": "Play it, muted at first",
    "media_plays_video": "Video",
    "media_plays_audio": "Sound",
    "media_play_hint_video": "Grey, small, covered and without sound. Press play; hold to see; the"
    " sound is yours to switch on. It can be played for an hour.",
    "media_play_hint_audio": "Nothing sounds until you press play and switch the sound on. It can"
    " be played for an hour.",
    "media_no_still": "No picture of it can be shown here.",
    "media_title": "picture of a sealed copy",
    "media_still": "Still picture",
    "media_small": "Small, grey and covered. Nothing plays.",
    "media_sender": "The preview that was sent with the video: its sender may have chosen another"
    " picture than the first one. Small, grey and covered. Nothing plays.",
    "media_alt": "Reported picture",
    "media_hold": "Hold to see",
    "media_hold_hint": "Hold the button or the key v. Letting go covers the picture. Each time is"
    " counted.",
    "media_needs_script": "The picture stays covered without JavaScript.",
    "media_break": "That is {looks} in 24 hours. A short break does good; nobody sees that you take"
    " one.",
    "media_own": "Images viewed in the last 24 hours: {looks} of {most}. Only you see this number.",
    "media_back": "Back to the case",
    "media_over": "That was enough for today. Please hand this case over: release it with a note.",
    "media_ended": "This picture was open for too long, or was opened before. Open it again from"
    " the case.",
    "media_gone": "This picture is no longer there, or there is none. The sealed text still is.",
    "media_child": "Only the child-safety role opens this. Please leave the case to it.",
    "media_spent_day": "You have looked at as many pictures in 24 hours as one person should."
    " Please hand this case over: release it with a note. “Next case” gives you other categories.",
    "media_spent_shift": "Your shift has just begun or is about to end: a graphic case can wait,"
    " or goes to a colleague. Critical cases open at any time. When your shift ends is yours to"
    " say, under Settings.",
    "shift": "Shift",
    "shift_lead": "For the first and last {minutes} minutes of a shift “Next case” gives no graphic"
    " case, and no medium of one opens, unless the case is critical. Only you see this.",
    "shift_lead_none": "Whoever runs the desk has set no calm minutes around shifts.",
    "shift_hours": "On duty since {begins}, until about {ends}.",
    "shift_calm": "Graphic cases wait for the next shift.",
    "shift_calm_until": "Graphic cases wait until {when}.",
    "shift_ends": "My shift ends at",
    "shift_none": "You are not on duty. A shift begins when you press “Off duty” above.",
    "wrong_shift": "That cannot be the end of this shift: give a time within 16 hours"
    " of its beginning, while you are on duty.",
    "done_none_next_calm": "No case waits that you may take now. Graphic ones wait for the middle"
    " of a shift; see Settings.",
    "media_spent_category": "You have looked at as many pictures of this category in 24 hours as"
    " one person should. Please hand this case over: release it with a note. “Next case” gives you"
    " other categories.",
    "avoid": "What I would rather not see",
    "avoid_lead": "Ticked categories are left out of your queues and of “Next case”. You need give"
    " no reason, it is not in the log, and nobody else sees it.",
}
FR = {
    "media_photo": "Photo",
    "media_video": "Vidéo",
    "media_gif": "Animation",
    "media_round": "Vidéo ronde",
    "media_voice": "Message vocal",
    "media_audio": "Son",
    "media_sticker": "Autocollant",
    "media_file": "Fichier",
    "media_contact": "Contact",
    "media_geo": "Lieu sur une carte",
    "media_geo_live": "Lieu mobile sur une carte",
    "media_venue": "Adresse",
    "media_dice": "Dé",
    "media_poll": "Sondage",
    "media_other": "Autre chose",
    "media_profile": "Photo de profil",
    "media_bytes": "{kilobytes} Kio",
    "media_seconds": "{seconds} s",
    "media_open": "Ouvrir son image, couverte",
    "media_play_video": "Lire la vidéo, couverte et muette",
    "media_play_audio": "Écouter, muet d’abord",
    "media_plays_video": "Vidéo",
    "media_plays_audio": "Son",
    "media_play_hint_video": "Grise, petite, couverte et sans son. Lancez la lecture ; maintenez"
    " pour voir ; le son, c’est vous qui le mettez. Lisible pendant une heure.",
    "media_play_hint_audio": "Rien ne s’entend avant que vous lanciez la lecture et mettiez le son."
    " Lisible pendant une heure.",
    "media_no_still": "Aucune image ne peut en être montrée ici.",
    "media_title": "image d’une copie scellée",
    "media_still": "Image fixe",
    "media_small": "Petite, grise et couverte. Rien n’est lu.",
    "media_sender": "L’aperçu envoyé avec la vidéo : son auteur a pu choisir une autre image que la"
    " première. Petite, grise et couverte. Rien n’est lu.",
    "media_alt": "Image signalée",
    "media_hold": "Maintenir pour voir",
    "media_hold_hint": "Maintenez le bouton ou la touche v. Relâcher couvre l’image. Chaque fois"
    " est comptée.",
    "media_needs_script": "Sans JavaScript, l’image reste couverte.",
    "media_break": "Cela fait {looks} en 24 heures. Une courte pause fait du bien ; personne ne"
    " voit que vous en prenez une.",
    "media_own": "Images consultées en 24 heures : {looks} sur {most}. Personne d’autre ne"
    " voit ce nombre.",
    "media_back": "Retour au cas",
    "media_over": "C’est assez pour aujourd’hui. Passez ce cas à quelqu’un d’autre : rendez-le"
    " avec une note.",
    "media_ended": "Cette image est restée ouverte trop longtemps, ou l’a déjà été. Rouvrez-la"
    " depuis le cas.",
    "media_gone": "Cette image n’est plus là, ou il n’y en a pas. Le texte scellé y est toujours.",
    "media_child": "Seul le rôle « protection de l’enfance » ouvre ceci. Laissez-lui ce cas.",
    "media_spent_day": "Vous avez regardé en 24 heures autant d’images qu’une personne le devrait."
    " Passez ce cas à quelqu’un d’autre : rendez-le avec une note. « Cas suivant » vous donne"
    " d’autres catégories.",
    "media_spent_shift": "Votre service vient de commencer ou va finir : un contenu éprouvant peut"
    " attendre, ou va à un ou une collègue. Les cas critiques s’ouvrent à tout moment. La fin de"
    " votre service se dit sous Réglages.",
    "shift": "Service",
    "shift_lead": "Pendant les {minutes} premières et dernières minutes d’un service, « Cas"
    " suivant » ne donne aucun contenu éprouvant et aucun de leurs médias ne s’ouvre, sauf pour les"
    " cas"
    " critiques. Vous seul le voyez.",
    "shift_lead_none": "Aucune minute de calme n’est réglée autour des services de ce guichet.",
    "shift_hours": "En poste depuis {begins}, jusqu’à {ends} environ.",
    "shift_calm": "Les contenus éprouvants attendent le prochain service.",
    "shift_calm_until": "Les contenus éprouvants attendent jusqu’à {when}.",
    "shift_ends": "Mon service finit à",
    "shift_none": "Vous n’êtes pas en poste. Un service commence quand vous pressez « Pas en"
    " poste » ci-dessus.",
    "wrong_shift": "Ce ne peut être la fin de ce service : donnez une heure dans les"
    " 16 heures après son début, pendant que vous êtes en poste.",
    "done_none_next_calm": "Aucun cas n’attend que vous puissiez prendre maintenant. Les cas"
    " choquants attendent le milieu d’un service ; voyez Réglages.",
    "media_spent_category": "Vous avez regardé en 24 heures autant d’images de cette catégorie"
    " qu’une personne le devrait. Passez ce cas à quelqu’un d’autre : rendez-le avec une note. «"
    " Cas suivant » vous donne d’autres catégories.",
    "avoid": "Ce que je préfère ne pas voir",
    "avoid_lead": "Les catégories cochées sont écartées de vos files et de « Cas suivant ». Aucune"
    " raison n’est demandée, rien n’est inscrit au journal, et personne d’autre ne le voit.",
}
