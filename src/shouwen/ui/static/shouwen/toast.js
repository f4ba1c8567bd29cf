// A toast leaves after six seconds, unless the pointer or the focus rests on it.

const SHOWN_FOR = 6000;

export function startToasts() {
  document.querySelectorAll("[data-sw-toast]").forEach(watch);
}

function watch(toast) {
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else toast.remove();
  };
  setTimeout(leave, SHOWN_FOR);
}
