const token = new URLSearchParams(globalThis.location?.search).get('token');

/**
 * An address of ours as a framed page may ask for it: with the token of its own address. A page that is not framed has
 * a cookie, which a browser keeps from frames on pages of others.
 */
export const signed = address => (token ? `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams({ token })}` : address);
