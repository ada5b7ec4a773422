package io.sluice.xml;

/** A common prefix in a listing. Immutable. */
public record CommonPrefix(String prefix) {}
