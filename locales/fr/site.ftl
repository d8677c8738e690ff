# Ce que le site répond.
login-refused = Adresse ou mot de passe inconnu. Vérifiez l’adresse, puis saisissez de nouveau le mot de passe.
done-saved = C’est enregistré.
done-signed = La signature est inscrite au journal public.
done-stopped = Le système est arrêté. Les réponses en cours sont coupées.
done-resumed = L’arrêt est levé.
done-certified = Votre attestation est enregistrée. L’outil vous est ouvert.
done-decided = La décision est prise. Le courrier est prêt.
done-answered = La réponse est enregistrée.
done-asked = Votre demande est reçue. Nous vous rappelons.
mistake-empty = Ce champ est vide : écrivez-le.
mistake-number = Écrivez un nombre entier entre { $n } et { $total }.
mistake-date = Choisissez une date.
mistake-past = Cette date est déjà passée : choisissez-en une plus lointaine.
