/**
 * Divides images into training, validation and test: seeded, every class in every part, and never a
 * group (patient, slide) in two. From entries to their parts. Begin with {@link
 * org.openmargin.data.division.Division}.
 */
package org.openmargin.data.division;
