package dev.reprise;

/** The facade. */
public interface GenerationClient {}
