/* A passkey that does not answer says so in words; the ceremony itself is allauth's. */
document.addEventListener('allauth.error', event => {
  event.preventDefault();
  const place = document.getElementById('passkey-failure') || document.createElement('div');
  place.id = 'passkey-failure';
  place.className = 'page messages';
  place.setAttribute('role', 'alert');
  const notice = document.createElement('div'), words = document.createElement('p');
  notice.className = 'notice error';
  words.textContent = 'L’appareil n’a pas donné de clé. Recommencez, ou choisissez une autre façon de vous connecter.';
  notice.append(document.createElement('span'), words);
  place.replaceChildren(notice);
  document.getElementById('contenu').prepend(place);
});
