package org.openmargin.cli.gallery;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.openmargin.cli.audit.AuditOption;
import org.openmargin.inference.gallery.ModelGallery;
import picocli.CommandLine.Mixin;

/** {@code --audit} for commands that write a new version of a gallery. */
final class AuditedChange {
  @Mixin private AuditOption audit;

  /**
   * Makes the change and writes it down: the new version, and as its input the digest of the one
   * before. Names of identities are not written: they may be those of persons.
   *
   * @param word what is done, such as enrolled
   */
  ModelGallery.NewVersion of(Path model, String word, Supplier<ModelGallery.NewVersion> change) {
    var log = audit.log();
    if (log.isEmpty()) {
      return change.get();
    }
    var before = AuditOption.Model.of(model);
    var written = change.get();
    var decision = "%s, from version %s".formatted(word, before.version());
    var after = AuditOption.Model.of(written.directory());
    log.get().add(new AuditOption.Event("gallery", after, before.digest(), decision));
    return written;
  }
}
