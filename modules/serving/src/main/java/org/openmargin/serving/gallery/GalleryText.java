package org.openmargin.serving.gallery;

import com.google.protobuf.TextFormat;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openmargin.serving.ModelException;
import org.openmargin.serving.proto.CentroidRule;
import org.openmargin.serving.proto.FixedCalibration;
import org.openmargin.serving.proto.GalleryChangeDescription;
import org.openmargin.serving.proto.GalleryDescription;
import org.openmargin.serving.proto.GalleryThresholdDescription;
import org.openmargin.serving.proto.IdentityDescription;
import org.openmargin.serving.proto.ImpostorCalibration;
import org.openmargin.serving.proto.LeaveOneOutCalibration;
import org.openmargin.serving.proto.NearestTemplatesRule;

/** A gallery as a text proto, and back with its vectors. */
final class GalleryText {
  private GalleryText() {}

  static String of(StoredGallery stored) {
    var gallery = stored.gallery();
    var text = GalleryDescription.newBuilder().setEmbeddingSize(gallery.size());
    if (gallery.rule() instanceof SimilarityRule.NearestTemplates nearest) {
      text.setNearestTemplates(NearestTemplatesRule.newBuilder().setK(nearest.k()));
    } else {
      text.setCentroid(CentroidRule.getDefaultInstance());
    }
    if (gallery.calibration() instanceof GalleryCalibration.Impostors impostors) {
      text.setImpostors(ImpostorCalibration.newBuilder().setFpir(impostors.fpir()));
    } else if (gallery.calibration() instanceof GalleryCalibration.LeaveOneOut genuine) {
      text.setLeaveOneOut(LeaveOneOutCalibration.newBuilder().setAlpha(genuine.alpha()));
    } else if (gallery.calibration() instanceof GalleryCalibration.Fixed fixed) {
      text.setFixed(FixedCalibration.newBuilder().setThreshold(fixed.given()));
    }
    text.setThreshold(threshold(gallery.threshold()));
    for (var identity : gallery.identities()) {
      text.addIdentities(
          IdentityDescription.newBuilder()
              .setName(identity.name())
              .setTemplates(identity.templates().size()));
    }
    stored.history().forEach(change -> text.addHistory(change(change)));
    return TextFormat.printer().escapingNonAscii(false).printToString(text);
  }

  private static GalleryThresholdDescription threshold(GalleryThreshold threshold) {
    return GalleryThresholdDescription.newBuilder()
        .setThreshold(threshold.threshold())
        .setMethod(threshold.method())
        .setScores(threshold.scores())
        .setTarget(threshold.target())
        .setBound(threshold.bound())
        .build();
  }

  private static GalleryChangeDescription change(GalleryChange change) {
    return GalleryChangeDescription.newBuilder()
        .setTime(change.time().toString())
        .setBy(change.by())
        .setAction(change.action().name().toLowerCase(Locale.ROOT))
        .setIdentity(change.identity())
        .setImages(change.images())
        .build();
  }

  /**
   * @throws ModelException if the parts do not fit together
   */
  static StoredGallery parse(String text, List<float[]> templates, List<float[]> impostors) {
    try {
      var described = TextFormat.parse(text, GalleryDescription.class);
      var gallery =
          Gallery.restored(
              rule(described),
              calibration(described, impostors),
              identities(described, templates),
              threshold(described.getThreshold()));
      if (gallery.size() != described.getEmbeddingSize()) {
        throw new ModelException("its templates are not of the size that it names");
      }
      var history = described.getHistoryList().stream().map(GalleryText::change).toList();
      return new StoredGallery(gallery, history);
    } catch (TextFormat.ParseException | DateTimeParseException e) {
      throw new ModelException("its description cannot be read: " + e.getMessage(), e);
    }
  }

  private static SimilarityRule rule(GalleryDescription described) {
    return switch (described.getRuleCase()) {
      case CENTROID -> new SimilarityRule.Centroid();
      case NEAREST_TEMPLATES ->
          new SimilarityRule.NearestTemplates(described.getNearestTemplates().getK());
      case RULE_NOT_SET -> throw new ModelException("it names no rule of similarity");
    };
  }

  private static GalleryCalibration calibration(
      GalleryDescription described, List<float[]> impostors) {
    return switch (described.getCalibrationCase()) {
      case IMPOSTORS ->
          new GalleryCalibration.Impostors(described.getImpostors().getFpir(), impostors);
      case LEAVE_ONE_OUT ->
          new GalleryCalibration.LeaveOneOut(described.getLeaveOneOut().getAlpha());
      case FIXED -> new GalleryCalibration.Fixed(described.getFixed().getThreshold());
      case CALIBRATION_NOT_SET -> throw new ModelException("it names no calibration");
    };
  }

  private static List<Identity> identities(GalleryDescription described, List<float[]> templates) {
    var identities = new ArrayList<Identity>();
    var from = 0L;
    for (var identity : described.getIdentitiesList()) {
      var to = from + identity.getTemplates();
      if (identity.getTemplates() < 1 || to > templates.size()) {
        throw new ModelException("it has another number of templates than it names");
      }
      var units = templates.subList((int) from, (int) to);
      identities.add(Identity.ofUnits(identity.getName(), units));
      from = to;
    }
    if (from != templates.size()) {
      throw new ModelException("it has another number of templates than it names");
    }
    return identities;
  }

  private static GalleryThreshold threshold(GalleryThresholdDescription t) {
    return new GalleryThreshold(
        t.getThreshold(), t.getMethod(), t.getScores(), t.getTarget(), t.getBound());
  }

  private static GalleryChange change(GalleryChangeDescription change) {
    return new GalleryChange(
        Instant.parse(change.getTime()),
        change.getBy(),
        GalleryChange.Action.valueOf(change.getAction().toUpperCase(Locale.ROOT)),
        change.getIdentity(),
        change.getImages());
  }
}
