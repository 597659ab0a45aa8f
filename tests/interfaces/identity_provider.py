"""A real identity provider for the tests: an HTTP server in a thread that signs with RS256, and can be made to lie."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "maillage-essai", "un-secret-d-essai"


def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider says, and how it may lie."""

    person: dict[str, Any]
    key: rsa.RSAPrivateKey = field(default_factory=_key)
    signing_key: rsa.RSAPrivateKey | None = None
    lies: dict[str, Any] = field(default_factory=dict)
    signs_userinfo: bool = True
    userinfo_lies: dict[str, Any] = field(default_factory=dict)
    address: str = ""
    visits: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        names = {
            "authorization_endpoint": "autoriser",
            "token_endpoint": "jeton",
            "userinfo_endpoint": "personne",
            "jwks_uri": "cles",
            "end_session_endpoint": "sortir",
        }
        methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
        return {"issuer": self.address, **methods} | {
            name: f"{self.address}/{path}" for name, path in names.items()
        }

    def jwks(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "cle-1", "alg": "RS256", "use": "sig"}]}

    def sign(self, claims: dict[str, Any]) -> str:
        key = self.signing_key or self.key
        return jwt.encode(claims, key, algorithm="RS256", headers={"kid": "cle-1"})

    def identity(self, nonce: str) -> str:
        at = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": self.person["sub"],
            "iat": at,
            "exp": at + 60,
            "nonce": nonce,
            "acr": "eidas1",
        }
        return self.sign(claims | self.lies)


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        path, query = self._asked()
        if path == "/.well-known/openid-configuration":
            self._json(self.provider.discovery())
        elif path == "/cles":
            self._json(self.provider.jwks())
        elif path == "/autoriser":
            self._authorise(query)
        elif path == "/personne":
            self._person()
        else:
            self._send(404, "text/plain", b"")

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length", 0))
        given = {name: values[0] for name, values in parse_qs(self.rfile.read(size).decode()).items()}
        visit = self.provider.visits.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = (
            visit is not None
            and given.get("client_secret") == SECRET
            and proof == visit["code_challenge"]
            and given.get("redirect_uri") == visit["redirect_uri"]
        )
        if not good or visit is None:
            self._json({"error": "invalid_grant"}, 400)
            return
        self._json(
            {
                "access_token": "jeton-d-acces",
                "token_type": "Bearer",
                "expires_in": 60,
                "id_token": self.provider.identity(visit["nonce"]),
            }
        )

    def _asked(self) -> tuple[str, dict[str, str]]:
        parts = urlsplit(self.path)
        return parts.path, {name: values[0] for name, values in parse_qs(parts.query).items()}

    def _authorise(self, query: dict[str, str]) -> None:
        code = secrets.token_urlsafe(8)
        self.provider.visits[code] = query
        self.provider.asked = query
        back = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        self.send_response(302)
        self.send_header("Location", back)
        self.end_headers()

    def _person(self) -> None:
        if self.headers.get("Authorization") != "Bearer jeton-d-acces":
            self._send(401, "text/plain", b"")
            return
        said = self.provider.person | self.provider.userinfo_lies
        if not self.provider.signs_userinfo:
            self._json(said)
            return
        token = self.provider.sign({"iss": self.provider.address, "aud": CLIENT} | said)
        self._send(200, "application/jwt", token.encode())

    def _json(self, data: dict[str, Any], status: int = 200) -> None:
        self._send(status, "application/json", json.dumps(data).encode())

    def _send(self, status: int, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def running(provider: Provider) -> Iterator[Provider]:
    """Run the provider on a free port of this machine."""
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
