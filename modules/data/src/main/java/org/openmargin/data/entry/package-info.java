/**
 * What a data set says of its images without their pixels: name, class, part, group and site. From
 * words in files to these. Begin with {@link org.openmargin.data.entry.DataEntry}.
 */
package org.openmargin.data.entry;
