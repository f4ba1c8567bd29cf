"""What the pages of the hotline print."""

from shouwen.hotline.presenters.billing import BillingBox, billing_box
from shouwen.hotline.presenters.pop_parts import PopPage
from shouwen.hotline.presenters.popping import PopMaterial, phone_of, pop_page

__all__ = ["BillingBox", "PopMaterial", "PopPage", "billing_box", "phone_of", "pop_page"]
