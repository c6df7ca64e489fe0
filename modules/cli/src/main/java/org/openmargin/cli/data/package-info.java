/**
 * The commands {@code data list, download, describe, audit, split, convert}. Begin with {@link
 * org.openmargin.cli.data.DataCommand}.
 */
package org.openmargin.cli.data;
