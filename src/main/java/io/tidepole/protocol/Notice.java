package io.tidepole.protocol;

/**
 * A message to all viewers who asked for its topic. Immutable: the bytes are never written to.
 *
 * @param topic what it is about
 * @param subject whose state it tells: a newer notice of the same subject replaces it for viewers who are slow
 * @param json the whole message
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Notice(NoticeTopic topic, String subject, byte[] json) {}
