package io.tidepole.auth;

import java.util.List;

/**
 * A token, a login, a person with a password, or a role: what it may do, and how it is recognised.
 *
 * @param id of a token, or the name of a person or a role
 * @param name for people
 * @param hash of the token or the password; empty for a role
 * @param grant what it may do
 * @param person the person of the password file who logged in; empty otherwise
 * @param roles those of somebody who logged in elsewhere
 * @param createdMillis since the epoch
 * @param expiresAtMillis since the epoch; {@link Principal#NEVER} if it does not end
 */
record Entry(
        String id,
        String name,
        String hash,
        Grant grant,
        String person,
        List<String> roles,
        long createdMillis,
        long expiresAtMillis) {
    Entry {
        roles = List.copyOf(roles);
    }

    Principal principal() {
        return new Principal(id, name, grant, expiresAtMillis);
    }
}
