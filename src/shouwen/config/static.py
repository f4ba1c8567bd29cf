"""Static files under names that carry a digest of their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


# WhiteNoise carries no types.
class CollectedStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Also renames what one script module imports from another, so that no old module is ever mixed in."""

    support_js_module_import_aggregation = True
