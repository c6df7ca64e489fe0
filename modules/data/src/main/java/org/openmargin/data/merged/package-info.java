/**
 * Several sources as one data set: from data sets with classes of the same names to one, divided as
 * they are. Begin with {@link org.openmargin.data.merged.MergedSource}.
 */
package org.openmargin.data.merged;
