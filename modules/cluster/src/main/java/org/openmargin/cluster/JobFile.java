package org.openmargin.cluster;

/** A file to write beside the job. */
public record JobFile(String name, String text) {}
